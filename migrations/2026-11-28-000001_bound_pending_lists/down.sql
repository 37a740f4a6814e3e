ALTER INDEX people_texts_idx RESET (gin_pending_list_limit);
ALTER INDEX person_memberships_values_idx RESET (gin_pending_list_limit);
ALTER INDEX companies_texts_idx RESET (gin_pending_list_limit);
ALTER INDEX company_memberships_values_idx RESET (gin_pending_list_limit);
ALTER INDEX objects_texts_idx RESET (gin_pending_list_limit);
ALTER INDEX objects_values_idx RESET (gin_pending_list_limit);
