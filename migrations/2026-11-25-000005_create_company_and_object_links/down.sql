DROP TABLE object_companies;
DROP TABLE object_people;
DROP TABLE object_references;
DROP TABLE company_references;
ALTER TABLE companies DROP CONSTRAINT companies_employee_range_check;
ALTER TABLE companies DROP CONSTRAINT companies_foundation_year_check;
ALTER TABLE companies DROP COLUMN email_keys;
