//! That answers are right, before anybody times them.

use prost::Message as _;
use proto::v1::{CreatePersonRequest, GetPersonRequest, Person};
use serde_json::{Value, json};
use tokio_postgres::Client;
use uuid::Uuid;

use crate::pgbench::PAGES;
use crate::rest::{Answer, Connection};
use crate::sample::{self, NewPerson};
use crate::service::Service;
use crate::work::{PAGE, get, path, post};
use crate::world::{Workspace, World};
use crate::{Failure, grpc};

/// Both doors, and the database behind them.
pub(crate) struct Doors<'a> {
    rest: Connection,
    grpc: grpc::Connection,
    control: &'a Client,
    world: World,
}

/// How many people are looked at.
const PEOPLE: usize = 20;

impl<'a> Doors<'a> {
    pub(crate) async fn open(service: &Service, control: &'a Client, world: World) -> Result<Self, Failure> {
        Ok(Self {
            rest: Connection::open(service.rest).await?,
            grpc: grpc::Connection::open(service.grpc, &Workspace::LARGE.key()).await?,
            control,
            world,
        })
    }

    /// Creates a person at each door, and looks whether it comes back as it was asked for.
    pub(crate) async fn creates(&mut self) -> Result<(), Failure> {
        let world = self.world;
        let asked = NewPerson {
            company: 1,
            named: 2,
            ..NewPerson::random(world)
        };
        let mut request = Vec::new();
        post(
            "/v1/people",
            &Workspace::LARGE.key(),
            &asked.json(world),
            &mut request,
        );
        let by_rest = data(self.rest.exchange(&request).await?)?;
        let request = CreatePersonRequest {
            person: Some(asked.message(world)),
            ..CreatePersonRequest::default()
        };
        let answer = self
            .grpc
            .exchange(path("CreatePerson")?, &request.encode_to_vec())
            .await?;
        let by_grpc = Person::decode(answer)?.id;
        for id in [by_rest["id"].as_str().unwrap_or_default(), &by_grpc] {
            let there = self.person(id).await?;
            asked_for(&there, &constant())?;
            asked_for(&there, &varying(&asked, world))?;
            self.rows(id).await?;
        }
        Ok(())
    }

    /// Looks whether the person that came last, made by pgbench, is what the service makes.
    pub(crate) async fn made_by_pgbench(&mut self) -> Result<(), Failure> {
        let sql =
            "SELECT 'per_' || id FROM people WHERE workspace_id = $1::text::uuid ORDER BY id DESC LIMIT 1";
        let row = self
            .control
            .query_one(sql, &[&Workspace::LARGE.itself().to_string()])
            .await?;
        let id: &str = row.get(0);
        let there = self.person(id).await?;
        asked_for(&there, &constant())?;
        self.rows(id).await
    }

    /// Looks whether people are what the database holds, at both doors.
    pub(crate) async fn gets(&mut self) -> Result<(), Failure> {
        for _ in 0..PEOPLE {
            let id = self
                .world
                .person(Workspace::LARGE, fastrand::i64(1..=self.world.people));
            let stored = self.stored(id).await?;
            let by_rest = self.person(&format!("per_{id}")).await?;
            asked_for(&by_rest, &stored)?;
            let request = GetPersonRequest {
                id: format!("per_{id}"),
            };
            let answer = self
                .grpc
                .exchange(path("GetPerson")?, &request.encode_to_vec())
                .await?;
            let by_grpc = Person::decode(answer)?;
            let companies = by_grpc.companies.iter().map(|company| &company.display_name);
            let same = json!({
                "id": by_grpc.id, "fullName": by_grpc.full_name, "emails": by_grpc.emails,
                "companies": companies.map(|name| json!({"name": name})).collect::<Vec<_>>(),
            });
            let names: Vec<Value> = list(&by_rest["companies"])
                .map(|one| json!({"name": one["name"]}))
                .collect();
            let other = json!({
                "id": by_rest["id"], "fullName": by_rest["fullName"], "emails": by_rest["emails"], "companies": names,
            });
            if same != other {
                return Err(format!("the doors disagree: {same} and {other}").into());
            }
        }
        Ok(())
    }

    /// Follows the first pages, looks whether they hold who comes first in the database, and answers their tokens.
    pub(crate) async fn lists(&mut self) -> Result<Vec<String>, Failure> {
        let mut tokens = vec![String::new()];
        let mut seen = Vec::new();
        let mut last = format!("/v1/people?limit={PAGE}");
        for _ in 0..PAGES {
            let page = self.page(&last).await?;
            seen.extend(page.ids);
            last = format!("/v1/people?limit={PAGE}&cursor={}", page.token);
            tokens.push(page.token);
        }
        // The last token leads to a page that was not looked at.
        tokens.pop();
        let first = self.ids(Uuid::nil(), seen.len()).await?;
        if seen != first {
            return Err("the first pages do not hold the first people".into());
        }
        Ok(tokens)
    }

    /// A token that leads deep into the list.
    pub(crate) async fn deep(&mut self) -> Result<String, Failure> {
        // Tokens lead on from a person, whichever filter found it.
        let deep = self.world.people * 9 / 10;
        let sql = "SELECT to_char(bench.at($1) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";
        let row = self
            .control
            .query_one(sql, &[&self.world.person_ms(deep)])
            .await?;
        let created: &str = row.get(0);
        let page = self
            .page(&format!(
                "/v1/people?limit={PAGE}&filter[createdAt][gt]={created}"
            ))
            .await?;
        let next = self
            .page(&format!("/v1/people?limit={PAGE}&cursor={}", page.token))
            .await?;
        let last = page
            .ids
            .last()
            .and_then(|id| id.strip_prefix("per_"))
            .unwrap_or_default();
        if next.ids != self.ids(last.parse()?, next.ids.len()).await? {
            return Err("a page deep in the list does not hold who comes there".into());
        }
        Ok(page.token)
    }

    async fn person(&mut self, id: &str) -> Result<Value, Failure> {
        let mut request = Vec::new();
        get(&format!("/v1/people/{id}"), &Workspace::LARGE.key(), &mut request);
        data(self.rest.exchange(&request).await?)
    }

    async fn page(&mut self, path: &str) -> Result<Page, Failure> {
        let mut request = Vec::new();
        get(path, &Workspace::LARGE.key(), &mut request);
        let data = data(self.rest.exchange(&request).await?)?;
        let ids = list(&data["items"]).filter_map(|one| one["id"].as_str());
        let next = data["pagination"]["nextLink"].as_str().unwrap_or_default();
        let (_, token) = next
            .split_once("cursor=")
            .ok_or_else(|| format!("no page after {path}"))?;
        Ok(Page {
            ids: ids.map(str::to_owned).collect(),
            token: token.to_owned(),
        })
    }

    /// Who comes after somebody.
    async fn ids(&self, after: Uuid, count: usize) -> Result<Vec<String>, Failure> {
        let sql = "SELECT 'per_' || id FROM people WHERE workspace_id = $1::text::uuid AND id > $2::text::uuid ORDER BY id LIMIT $3";
        let workspace = Workspace::LARGE.itself().to_string();
        let rows = self
            .control
            .query(sql, &[&workspace, &after.to_string(), &i64::try_from(count)?])
            .await?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }

    /// What the database holds of a person: pointers and values.
    async fn stored(&self, id: Uuid) -> Result<Vec<(String, Value)>, Failure> {
        let sql = include_str!("../sql/stored.sql");
        let ids = [Workspace::LARGE.itself(), id].map(|id| id.to_string());
        let row = self.control.query_one(sql, &[&ids[0], &ids[1]]).await?;
        let stored: Value = serde_json::from_str(row.get(0))?;
        let fields = stored.as_object().into_iter().flatten();
        Ok(fields
            .map(|(name, value)| (format!("/{name}"), value.clone()))
            .collect())
    }

    /// Whether all rows of a new person are there.
    async fn rows(&self, id: &str) -> Result<(), Failure> {
        let sql = include_str!("../sql/rows.sql");
        let row = self
            .control
            .query_one(sql, &[&id.trim_start_matches("per_")])
            .await?;
        let found: [i64; 3] = [row.get(0), row.get(1), row.get(2)];
        if found == [2, 2, 1] {
            Ok(())
        } else {
            Err(format!("{id} has {found:?} memberships, references and entries in the log").into())
        }
    }
}

struct Page {
    ids: Vec<String>,
    token: String,
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn data(answer: Answer<'_>) -> Result<Value, Failure> {
    let Answer { status, body } = answer;
    let text = || String::from_utf8_lossy(body);
    if status != 200 {
        return Err(format!("{status}: {}", text()).into());
    }
    let mut value: Value = serde_json::from_slice(body)?;
    Ok(value["data"].take())
}

fn asked_for(person: &Value, expected: &[(String, Value)]) -> Result<(), Failure> {
    for (pointer, value) in expected {
        if person.pointer(pointer) != Some(value) {
            return Err(format!("{pointer} is not {value} in {person}").into());
        }
    }
    Ok(())
}

/// What every person that is made has.
fn constant() -> Vec<(String, Value)> {
    let workspace = Workspace::LARGE;
    let [group_0, group_1] = [0, 1].map(|number| format!("grp_{}", workspace.group(number)));
    let custom = |group: &str, field: &str| format!("/customFieldValues/{group}/{field}");
    vec![
        (
            "/fullName".to_owned(),
            json!(format!("{} {}", sample::FIRST_NAME, sample::LAST_NAME)),
        ),
        ("/description".to_owned(), json!(sample::DESCRIPTION)),
        ("/birthday".to_owned(), json!(sample::BIRTHDAY)),
        ("/jobTitle".to_owned(), json!(sample::JOB_TITLE)),
        ("/addresses".to_owned(), json!([sample::ADDRESS])),
        ("/phones".to_owned(), json!([sample::PHONE])),
        ("/urls".to_owned(), json!([sample::URL])),
        (
            "/createdBy/id".to_owned(),
            json!(format!("usr_{}", workspace.user(1))),
        ),
        ("/groups/0/id".to_owned(), json!(group_0)),
        ("/groups/1/id".to_owned(), json!(group_1)),
        (custom(&group_0, "Status"), json!("Customer")),
        (custom(&group_0, "Interests"), json!(["Music", "Rust"])),
        (custom(&group_0, "Since"), json!(sample::SINCE)),
        (custom(&group_1, "Note"), json!(sample::NOTE)),
        (custom(&group_1, "Score"), json!(sample::SCORE)),
        (
            custom(&group_1, "Owner/0/id"),
            json!(format!("usr_{}", workspace.user(sample::OWNER))),
        ),
    ]
}

/// What only this one has. The company that was given by name is there already: it must be found.
fn varying(person: &NewPerson, world: World) -> Vec<(String, Value)> {
    let workspace = person.workspace;
    let named = i64::try_from(person.named).unwrap_or_default();
    let related = format!("/customFieldValues/grp_{}/Related/0/id", workspace.group(0));
    vec![
        ("/emails".to_owned(), json!([person.email()])),
        (
            "/companies/0/id".to_owned(),
            json!(format!("com_{}", workspace.company(person.company))),
        ),
        (
            "/companies/1/id".to_owned(),
            json!(format!("com_{}", workspace.company(named))),
        ),
        ("/companies/1/name".to_owned(), json!(person.named())),
        (
            related,
            json!(format!("per_{}", world.person(workspace, person.related))),
        ),
    ]
}
