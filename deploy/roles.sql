-- Run once as a superuser: the two roles and the database.
--   psql --file deploy/roles.sql
-- Passwords or peer authentication are set as the site does it (\password, pg_ident.conf).
CREATE ROLE mahis_owner LOGIN;
CREATE ROLE mahis_app LOGIN;
CREATE DATABASE mahis OWNER mahis_owner ENCODING 'UTF8' TEMPLATE template0;
