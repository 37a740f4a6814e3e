//! One run: the data, the service, the parts that are wanted, the report.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;
use tokio_postgres::Client;

use crate::check::Doors;
use crate::cluster::Cluster;
use crate::grpc::{self, GrpcCaller};
use crate::measure::{Measured, Watch};
use crate::options::{Options, Part};
use crate::report::{Door, Line, Report, Row};
use crate::rest::{Connection, RestCaller};
use crate::service::Service;
use crate::work::{PAGE, Scene, Work, get};
use crate::world::{Workspace, World};
use crate::{Failure, filters, load, pgbench, plot, process, say};

/// The database with the large workspace.
const DATABASE: &str = "people_bench";
/// The database with one small workspace alone: number 1, for number 0 is empty.
const ALONE: &str = "people_bench_alone";
const SMALL: Workspace = Workspace(1);

/// A load before the first measurement that says that the machine is not quiet.
const QUIET: f64 = 0.5;

pub(crate) async fn run(options: &Options) -> Result<(), Failure> {
    let world = options.world();
    let mut warnings = Vec::new();
    let load = process::load_average()?;
    if load > QUIET {
        warnings.push(format!("the load average was {load} before anything began"));
    }
    let directory = Directory::of(options)?;
    let cluster = Cluster::start(directory.path()).await?;
    let report = measure(options, world, &cluster, warnings).await;
    cluster.stop().await;
    let report = report?;
    write(&options.json, &serde_json::to_string_pretty(&report.json())?)?;
    write(&options.svg, &plot::svg(&report))?;
    std::io::stdout().write_all(report.table().as_bytes())?;
    say(format_args!(
        "also in {} and {}",
        options.json.display(),
        options.svg.display()
    ))
}

async fn measure(
    options: &Options,
    world: World,
    cluster: &Cluster,
    warnings: Vec<String>,
) -> Result<Report, Failure> {
    load::ensure(cluster, DATABASE, world, &options.service_bin).await?;
    let service = Service::start(&options.service_bin, &cluster.url_of(DATABASE), &options.settings)?;
    let control = cluster.connect(DATABASE).await?;
    let mut doors = Doors::open(&service, &control, world).await?;
    doors.gets().await?;
    let scene = Scene {
        world,
        tokens: doors.lists().await?.into(),
    };
    let bench = Bench {
        options,
        scene,
        cluster,
        control: &control,
        service: &service,
        scripts: tempfile::tempdir()?,
    };
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    for (part, work) in [
        (Part::Get, Work::Get),
        (Part::List, Work::List),
        (Part::Create, Work::Create),
        (Part::Batch, Work::Batch),
    ] {
        if !options.wants(part) {
            continue;
        }
        let script = bench.script(work)?;
        if matches!(work, Work::Create | Work::Batch) {
            // New connections each time: the service ends those that say nothing for long.
            let mut doors = bench.doors().await?;
            doors.creates().await?;
            pgbench::once(cluster, DATABASE, &script)?;
            doors.made_by_pgbench().await?;
        }
        bench.calls(work, &script, &mut rows).await?;
    }
    if options.wants(Part::Frames) {
        bench.frames(&mut rows).await?;
    }
    if options.wants(Part::Pages) {
        let token = bench.doors().await?.deep().await?;
        bench.pages(&token, &mut lines).await?;
    }
    if options.wants(Part::Small) {
        bench.small(&mut lines).await?;
    }
    if options.wants(Part::Filters) {
        say(format_args!("filters"))?;
        let mut connection = Connection::open(service.rest).await?;
        lines.extend(filters::measure(&mut connection, &control, world, options.filter_time()).await?);
    }
    Ok(Report {
        world,
        rows,
        lines,
        warnings,
    })
}

/// All that measuring needs.
struct Bench<'a> {
    options: &'a Options,
    scene: Scene,
    cluster: &'a Cluster,
    control: &'a Client,
    service: &'a Service,
    scripts: TempDir,
}

impl Bench<'_> {
    async fn doors(&self) -> Result<Doors<'_>, Failure> {
        Doors::open(self.service, self.control, self.scene.world).await
    }

    /// How long a figure is measured at a time.
    fn slice(&self) -> Duration {
        Duration::from_secs(self.options.rounds().1)
    }

    fn script(&self, work: Work) -> Result<PathBuf, Failure> {
        let script = self.scripts.path().join(work.name());
        std::fs::write(&script, pgbench::script(work, self.scene.world))?;
        Ok(script)
    }

    /// The limit and the doors for one kind of call, in turns.
    async fn calls(&self, work: Work, script: &Path, rows: &mut Vec<Row>) -> Result<(), Failure> {
        let (rounds, seconds) = self.options.rounds();
        for round in 1..=rounds {
            say(format_args!("{}, round {round} of {rounds}", work.name()))?;
            for &clients in self.options.clients() {
                let run = || pgbench::run(self.cluster, DATABASE, script, clients, seconds);
                let measured = self.watch(None).pgbench(run).await?;
                add(rows, work, Door::Pgbench, clients, measured)?;
            }
            for &connections in self.options.connections() {
                for door in [Door::Rest, Door::Grpc] {
                    let measured = self.door(self.service, work, door, connections).await?;
                    add(rows, work, door, connections, measured)?;
                }
            }
        }
        Ok(())
    }

    /// The frames of REST and gRPC, beside the service if it was not measured before.
    async fn frames(&self, rows: &mut Vec<Row>) -> Result<(), Failure> {
        let (rounds, _) = self.options.rounds();
        let sizes = self.sizes().await?;
        let frames = Service::start_frames(sizes.0, sizes.1)?;
        let alone = rows.iter().all(|row| row.work != Work::Get);
        for round in 1..=rounds {
            say(format_args!("frames, round {round} of {rounds}"))?;
            for &connections in self.options.frame_connections() {
                for (door, frame) in [(Door::Rest, Door::Axum), (Door::Grpc, Door::Tonic)] {
                    if alone {
                        let measured = self.door(self.service, Work::Get, door, connections).await?;
                        add(rows, Work::Get, door, connections, measured)?;
                    }
                    let measured = self.door(&frames, Work::Get, door, connections).await?;
                    add(rows, Work::Get, frame, connections, measured)?;
                }
            }
        }
        Ok(())
    }

    /// How many bytes the service answers for a person.
    async fn sizes(&self) -> Result<(usize, usize), Failure> {
        let mut request = Vec::new();
        Work::Get.rest(&self.scene)(&mut request);
        let mut rest = Connection::open(self.service.rest).await?;
        let by_rest = rest.exchange(&request).await?.body.len();
        let (path, mut requests) = Work::Get.grpc(&self.scene)?;
        let mut message = Vec::new();
        requests(&mut message);
        let mut grpc = grpc::Connection::open(self.service.grpc, &Workspace::LARGE.key()).await?;
        let by_grpc = grpc.exchange(path, &message).await?.len();
        Ok((by_rest, by_grpc))
    }

    /// The first page, and one deep in the list.
    async fn pages(&self, token: &str, lines: &mut Vec<Line>) -> Result<(), Failure> {
        let first = format!("/v1/people?limit={PAGE}");
        let deep = format!("{first}&cursor={token}");
        let paths = [("first page", first), ("deep page", deep)];
        let asked = paths.map(|(name, path)| (name, self.service, Workspace::LARGE, path));
        self.in_turns("pages", &asked, lines).await
    }

    /// A small workspace beside the large one, and alone in a database of its own.
    async fn small(&self, lines: &mut Vec<Line>) -> Result<(), Failure> {
        let Options {
            service_bin,
            settings,
            ..
        } = self.options;
        let world = World { people: 0, small: 1 };
        load::ensure(self.cluster, ALONE, world, service_bin).await?;
        let alone = Service::start(service_bin, &self.cluster.url_of(ALONE), settings)?;
        let list = format!("/v1/people?limit={PAGE}");
        // The middle one, in either database.
        let person = |world: World| format!("/v1/people/per_{}", world.person(SMALL, 50));
        let asked = [
            (
                "get beside the large one",
                self.service,
                SMALL,
                person(self.scene.world),
            ),
            ("get alone", &alone, SMALL, person(world)),
            ("list beside the large one", self.service, SMALL, list.clone()),
            ("list alone", &alone, SMALL, list),
        ];
        self.in_turns("small", &asked, lines).await
    }

    /// Several paths over one connection each, in turns.
    async fn in_turns(
        &self,
        part: &'static str,
        asked: &[(&str, &Service, Workspace, String)],
        lines: &mut Vec<Line>,
    ) -> Result<(), Failure> {
        let (rounds, _) = self.options.rounds();
        let mut all: Vec<Option<Measured>> = asked.iter().map(|_| None).collect();
        for round in 1..=rounds {
            say(format_args!("{part}, round {round} of {rounds}"))?;
            for ((_, service, workspace, path), sum) in asked.iter().zip(&mut all) {
                let (path, key) = (path.clone(), workspace.key());
                let requests = Box::new(move |buffer: &mut Vec<u8>| get(&path, &key, buffer));
                let caller = RestCaller::open(service.rest, requests).await?;
                let watch = self.watch(Some(service.pid()));
                let measured = watch.callers(vec![caller], self.slice()).await?;
                *sum = Some(match sum.take() {
                    Some(earlier) => measured.and(&earlier)?,
                    None => measured,
                });
            }
        }
        for ((name, ..), measured) in asked.iter().zip(all) {
            lines.extend(measured.map(|measured| Line::new(part, (*name).to_owned(), measured)));
        }
        Ok(())
    }

    async fn door(
        &self,
        service: &Service,
        work: Work,
        door: Door,
        connections: usize,
    ) -> Result<Measured, Failure> {
        let watch = self.watch(Some(service.pid()));
        match door {
            Door::Rest => {
                let mut callers = Vec::with_capacity(connections);
                for _ in 0..connections {
                    callers.push(RestCaller::open(service.rest, work.rest(&self.scene)).await?);
                }
                watch.callers(callers, self.slice()).await
            }
            Door::Grpc => {
                let key = Workspace::LARGE.key();
                let mut callers = Vec::with_capacity(connections);
                for _ in 0..connections {
                    callers.push(GrpcCaller::open(service.grpc, &key, work.grpc(&self.scene)?).await?);
                }
                watch.callers(callers, self.slice()).await
            }
            Door::Pgbench | Door::Axum | Door::Tonic => Err("no door of a service".into()),
        }
    }

    fn watch(&self, service: Option<u32>) -> Watch<'_> {
        Watch {
            cluster: self.cluster,
            control: self.control,
            service,
        }
    }
}

/// Adds to the row that there is, or makes one.
fn add(
    rows: &mut Vec<Row>,
    work: Work,
    door: Door,
    connections: usize,
    measured: Measured,
) -> Result<(), Failure> {
    let same = |row: &&mut Row| (row.work, row.door, row.connections) == (work, door, connections);
    match rows.iter_mut().find(same) {
        Some(row) => row.measured = measured.and(&row.measured)?,
        None => rows.push(Row {
            work,
            door,
            connections,
            measured,
        }),
    }
    Ok(())
}

/// Where the cluster lies: for this run, or for later ones too.
enum Directory {
    Temporary(TempDir),
    Kept(PathBuf),
}

impl Directory {
    fn of(options: &Options) -> Result<Self, Failure> {
        if let Some(directory) = &options.keep {
            return Ok(Self::Kept(directory.clone()));
        }
        let directory = tempfile::Builder::new().prefix("people-bench-").tempdir()?;
        // As root, PostgreSQL is another user, who must get through.
        let passable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(directory.path(), passable)?;
        Ok(Self::Temporary(directory))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Temporary(directory) => directory.path(),
            Self::Kept(directory) => directory,
        }
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory)?;
    }
    Ok(std::fs::write(path, text)?)
}
