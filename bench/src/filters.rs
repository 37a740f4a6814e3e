//! Filters: the first page of 20 of what each kind of condition wants, over one connection, one call after the other.

use std::time::Duration;

use tokio::time::Instant;
use tokio_postgres::Client;

use crate::Failure;
use crate::measure::{latencies, record};
use crate::report::Line;
use crate::rest::{Answer, Connection};
use crate::work::{PAGE, get};
use crate::world::{Field, STATUS, Workspace, World};

/// However slow a filter is, so many calls are made.
const CALLS: usize = 5;
/// Of how many people the values are taken that are asked for.
const PEOPLE: i64 = 50;

/// A condition or several, for the values of one person after the other.
struct Filter {
    name: &'static str,
    /// Of the large workspace, what stands behind `&`.
    query: fn(&Person) -> String,
}

/// What is asked for: what some person has.
struct Person {
    first_name: String,
    last_name: String,
    description: String,
    birthday: String,
    job_title: String,
    address: String,
    email: String,
    phone: String,
    url: String,
    created_at: String,
    created_by: String,
    company: String,
    since: String,
    note: String,
    score: String,
    related: String,
}

macro_rules! filters {
    ($($name:literal => $query:expr;)*) => {
        [$(Filter { name: $name, query: $query }),*]
    };
}

/// A custom field of the first group.
fn first(field: &str) -> String {
    format!("customFieldValues.grp_{}.{field}", Workspace::LARGE.group(0))
}

/// A custom field of the second group.
fn second(field: &str) -> String {
    format!("customFieldValues.grp_{}.{field}", Workspace::LARGE.group(1))
}

/// Measures all of them for so long each.
pub(crate) async fn measure(
    connection: &mut Connection,
    control: &Client,
    world: World,
    duration: Duration,
) -> Result<Vec<Line>, Failure> {
    let people = people(control, world).await?;
    let filters = filters! {
        "emails eq" => |p| format!("filter[emails][eq]={}", p.email);
        "full name eq" => |p| format!("filter[fullName][eq]={} {}", p.first_name, p.last_name);
        "first name eq" => |p| format!("filter[firstName][eq]={}", p.first_name);
        "last name eq" => |p| format!("filter[lastName][eq]={}", p.last_name);
        "job title eq" => |p| format!("filter[jobTitle][eq]={}", p.job_title);
        "description eq" => |p| format!("filter[description][eq]={}", p.description);
        "phones eq" => |p| format!("filter[phones][eq]={}", p.phone);
        "addresses eq" => |p| format!("filter[addresses][eq]={}", p.address);
        "urls eq" => |p| format!("filter[urls][eq]={}", p.url);
        "birthday eq" => |p| format!("filter[birthday][eq]={}", p.birthday);
        "birthday gt" => |p| format!("filter[birthday][gt]={}", p.birthday);
        "birthday lt" => |p| format!("filter[birthday][lt]={}", p.birthday);
        "birthday empty" => |_| "filter[birthday][empty]=true".to_owned();
        "created eq a day" => |p| format!("filter[createdAt][eq]={}", &p.created_at[..10]);
        "created gt" => |p| format!("filter[createdAt][gt]={}", p.created_at);
        "created lt" => |p| format!("filter[createdAt][lt]={}", p.created_at);
        "created by in" => |p| format!("filter[createdBy][in][id]=usr_{}", p.created_by);
        "groups in" => |_| format!("filter[groups][in][id]=grp_{}", Workspace::LARGE.group(fastrand::i64(0..10)));
        "companies in" => |p| format!("filter[companies][in][id]=com_{}", p.company);
        "full name like" => |p| format!("filter[fullName][like]={}", &p.last_name[1..]);
        "last name like, 3" => |p| format!("filter[lastName][like]={}", &p.last_name[..3]);
        "emails like" => |p| format!("filter[emails][like]={}", p.email.trim_end_matches("@example.com"));
        "description like" => |p| format!("filter[description][like]={}", &p.description[p.description.len() - 20..]);
        "nobody has it, like" => |_| "filter[description][like]=unheard of".to_owned();
        "select eq" => |_| format!("filter[{}][eq]={}", first("Status"), STATUS[fastrand::usize(0..3)]);
        "multiple select all" => |_| format!("filter[{0}][all]=Music&filter[{0}][all]=Sailing", first("Interests"));
        "date field eq" => |p| format!("filter[{}][eq]={}", first("Since"), p.since);
        "date field gt" => |p| format!("filter[{}][gt]={}", first("Since"), p.since);
        "contact field in" => |p| format!("filter[{}][in][id]=per_{}", first("Related"), p.related);
        "text field eq" => |p| format!("filter[{}][eq]={}", second("Note"), p.note);
        "text field like" => |p| format!("filter[{}][like]={}", second("Note"), &p.note[5..]);
        "numeric field eq" => |p| format!("filter[{}][eq]={}", second("Score"), p.score);
        "numeric field gt" => |p| format!("filter[{}][gt]={}", second("Score"), p.score);
        "user field in" => |_| format!("filter[{}][in][id]=usr_{}", second("Owner"), Workspace::LARGE.user(3));
        "last name eq and select eq" => |p| format!(
            "filter[lastName][eq]={}&filter[{}][eq]={}", p.last_name, first("Status"), STATUS[0]);
        "emails eq or phones eq" => |p| format!(
            "combinator=or&filter[emails][eq]={}&filter[phones][eq]={}", p.email, p.phone);
    };
    let mut lines = Vec::with_capacity(filters.len());
    for filter in filters {
        lines.push(filter.measure(connection, &people, duration).await?);
    }
    Ok(lines)
}

impl Filter {
    async fn measure(
        &self,
        connection: &mut Connection,
        people: &[Person],
        duration: Duration,
    ) -> Result<Line, Failure> {
        let key = Workspace::LARGE.key();
        let requests = people.iter().map(|person| {
            let query = (self.query)(person).replace('+', "%2B").replace(' ', "%20");
            let mut request = Vec::new();
            get(&format!("/v1/people?limit={PAGE}&{query}"), &key, &mut request);
            request
        });
        let requests: Vec<Vec<u8>> = requests.collect();
        let mut line = Line {
            part: "filter",
            name: self.name.to_owned(),
            latencies: latencies()?,
            failures: 0,
            first_failure: None,
        };
        let begin = Instant::now();
        for (count, request) in requests.iter().cycle().enumerate() {
            if count >= CALLS && begin.elapsed() >= duration {
                break;
            }
            let sent = Instant::now();
            let Answer { status, body } = connection.exchange(request).await?;
            if status == 200 {
                record(&mut line.latencies, sent.elapsed());
            } else {
                line.failures += 1;
                let failure = || format!("{status}: {}", String::from_utf8_lossy(body));
                line.first_failure.get_or_insert_with(failure);
            }
        }
        Ok(line)
    }
}

/// Some people all over the list, who have a value in every field.
async fn people(control: &Client, world: World) -> Result<Vec<Person>, Failure> {
    let sql = include_str!("../sql/some_people.sql");
    let workspace = Workspace::LARGE;
    let mut people = Vec::new();
    for place in 0..PEOPLE {
        let after = world.person(workspace, place * world.people / PEOPLE);
        // Texts: the client library does not know ids.
        let ids = [
            workspace.itself(),
            after,
            workspace.group(0),
            workspace.group(1),
            workspace.field(Field::Since),
            workspace.field(Field::Note),
            workspace.field(Field::Score),
        ];
        let [itself, after, first, second, since, note, score] = ids.map(|id| id.to_string());
        let row = control
            .query_one(sql, &[&itself, &after, &first, &second, &since, &note, &score])
            .await?;
        people.push(Person {
            first_name: row.get(0),
            last_name: row.get(1),
            description: row.get(2),
            birthday: row.get(3),
            job_title: row.get(4),
            address: row.get(5),
            email: row.get(6),
            phone: row.get(7),
            url: row.get(8),
            created_at: row.get(9),
            created_by: row.get(10),
            company: row.get(11),
            since: row.get(12),
            note: row.get(13),
            score: row.get(14),
            related: row.get(15),
        });
    }
    Ok(people)
}
