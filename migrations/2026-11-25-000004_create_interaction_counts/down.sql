DROP TABLE company_interaction_counts;
DROP TABLE person_interaction_counts;
