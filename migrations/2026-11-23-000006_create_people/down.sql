DROP TABLE person_references;
DROP TABLE person_companies;
DROP TABLE person_memberships;
DROP TABLE people;
