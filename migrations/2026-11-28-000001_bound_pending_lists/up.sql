-- New entries of such an index wait in a list, which every search goes through, until there are 4 MB of them. That took filters
-- of a million people 2 ms in the worst case; half a megabyte is put in order eight times as often, at no cost that could be seen.
ALTER INDEX people_texts_idx SET (gin_pending_list_limit = 512);
ALTER INDEX person_memberships_values_idx SET (gin_pending_list_limit = 512);
ALTER INDEX companies_texts_idx SET (gin_pending_list_limit = 512);
ALTER INDEX company_memberships_values_idx SET (gin_pending_list_limit = 512);
ALTER INDEX objects_texts_idx SET (gin_pending_list_limit = 512);
ALTER INDEX objects_values_idx SET (gin_pending_list_limit = 512);
