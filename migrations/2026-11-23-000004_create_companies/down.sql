DROP TABLE company_memberships;
DROP TABLE companies;
