DROP TABLE remembered_requests;
