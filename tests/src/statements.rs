//! What a program asks of its database: a proxy before PostgreSQL that reads along.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use bytes::Buf as _;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, copy};
use tokio::net::{TcpListener, TcpStream};

use crate::TestDatabase;
use crate::upstream::Upstream;

/// Statements in the order in which they were run.
#[derive(Debug, Clone, Default)]
pub struct Statements(Arc<Mutex<Vec<Ran>>>);

/// A statement that was run, with all that it takes to run it again.
#[derive(Debug, Clone, Default)]
pub struct Ran {
    /// Its text.
    pub text: String,
    /// The types of its parameters, by the numbers that PostgreSQL has for them.
    pub types: Vec<u32>,
    /// The values of its parameters in their binary form.
    pub values: Vec<Option<Vec<u8>>>,
}

impl Statements {
    /// Reads along what is sent to this database by those who connect to the URL that is answered.
    ///
    /// # Panics
    /// If there is no such database.
    pub async fn of(database: &TestDatabase) -> (Self, String) {
        let statements = Self::default();
        let upstream = Upstream::of(database.url());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = upstream.url_at(listener.local_addr().expect("an address"));
        let noted = statements.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = upstream.connect().await.expect("PostgreSQL");
                tokio::spawn(noted.clone().carry(client, server));
            }
        });
        (statements, url)
    }

    /// The texts of those since the last time.
    ///
    /// # Panics
    /// If noting one failed.
    #[must_use]
    pub fn take(&self) -> Vec<String> {
        self.take_whole().into_iter().map(|ran| ran.text).collect()
    }

    /// Those since the last time.
    ///
    /// # Panics
    /// If noting one failed.
    #[must_use]
    pub fn take_whole(&self) -> Vec<Ran> {
        std::mem::take(&mut *self.0.lock().expect("the statements"))
    }

    async fn carry<Server: AsyncRead + AsyncWrite>(self, client: TcpStream, server: Server) {
        let (mut from_client, mut to_client) = client.into_split();
        let (mut from_server, mut to_server) = tokio::io::split(server);
        tokio::join!(
            async {
                let _ = copy(&mut from_server, &mut to_client).await;
            },
            async {
                let _ = self.read_along(&mut from_client, &mut to_server).await;
                let _ = to_server.shutdown().await;
            }
        );
    }

    async fn read_along(
        &self,
        client: &mut (impl AsyncRead + Unpin),
        server: &mut (impl AsyncWrite + Unpin),
    ) -> std::io::Result<()> {
        // The first message has no type.
        let first = body(client).await?;
        send(server, None, &first).await?;
        let mut prepared: HashMap<String, Ran> = HashMap::new();
        let mut bound = Ran::default();
        loop {
            let kind = client.read_u8().await?;
            let message = body(client).await?;
            let mut rest = message.as_slice();
            match kind {
                b'Q' => self.note(Ran {
                    text: text(&mut rest),
                    ..Ran::default()
                }),
                b'P' => {
                    let (name, text) = (text(&mut rest), text(&mut rest));
                    let types = (0..rest.get_u16()).map(|_| rest.get_u32()).collect();
                    let values = Vec::new();
                    prepared.insert(name, Ran { text, types, values });
                }
                b'B' => {
                    let (_portal, name) = (text(&mut rest), text(&mut rest));
                    bound = prepared.get(&name).cloned().unwrap_or_default();
                    let formats = rest.get_u16();
                    rest.advance(usize::from(formats) * 2);
                    bound.values = (0..rest.get_u16()).map(|_| value(&mut rest)).collect();
                }
                b'E' => self.note(bound.clone()),
                _ => {}
            }
            send(server, Some(kind), &message).await?;
        }
    }

    fn note(&self, statement: Ran) {
        self.0.lock().expect("the statements").push(statement);
    }
}

fn text(rest: &mut &[u8]) -> String {
    let end = rest.iter().position(|byte| *byte == 0).expect("an end");
    let text = String::from_utf8_lossy(&rest[..end]).into_owned();
    rest.advance(end + 1);
    text
}

fn value(rest: &mut &[u8]) -> Option<Vec<u8>> {
    // A length of -1 is null.
    let length = usize::try_from(rest.get_i32()).ok()?;
    let value = rest[..length].to_vec();
    rest.advance(length);
    Some(value)
}

/// The rest of a message: its length counts itself.
async fn body(client: &mut (impl AsyncRead + Unpin)) -> std::io::Result<Vec<u8>> {
    let length = client.read_u32().await?;
    let mut body = vec![0; length as usize - 4];
    client.read_exact(&mut body).await?;
    Ok(body)
}

async fn send(server: &mut (impl AsyncWrite + Unpin), kind: Option<u8>, body: &[u8]) -> std::io::Result<()> {
    let mut message = Vec::with_capacity(body.len() + 5);
    message.extend(kind);
    message.extend(
        u32::try_from(body.len() + 4)
            .expect("a short message")
            .to_be_bytes(),
    );
    message.extend_from_slice(body);
    server.write_all(&message).await
}
