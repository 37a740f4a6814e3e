//! Compiles `proto/` into Rust, with protox in place of protoc.

use std::path::Path;

use prost::Message as _;
use prost_build::{Config, Method, Service, ServiceGenerator};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new("../../proto");
    println!("cargo::rerun-if-changed={}", root.display());

    let mut files = Vec::new();
    for entry in std::fs::read_dir(root.join("people/v1"))? {
        files.push(entry?.path());
    }
    files.sort();

    let descriptors = protox::compile(&files, [root])?;
    let out = std::env::var("OUT_DIR")?;
    std::fs::write(
        Path::new(&out).join("descriptors.binpb"),
        descriptors.encode_to_vec(),
    )?;
    let tonic = tonic_prost_build::configure()
        .codec_path("crate::codec::Codec")
        .service_generator();
    Config::new()
        .service_generator(Box::new(Services { tonic }))
        .compile_fds(descriptors)?;
    Ok(())
}

/// What tonic makes of a service, and its trait for `Remote` and `InProcess`.
struct Services {
    tonic: Box<dyn ServiceGenerator>,
}

impl ServiceGenerator for Services {
    fn generate(&mut self, service: Service, code: &mut String) {
        self.tonic.generate(service.clone(), code);
        let calls = format!("{}_server::{}", module(&service), service.name);
        let remote: Vec<String> = service
            .methods
            .iter()
            .map(|method| remote(&service, method))
            .collect();
        let in_process: Vec<String> = service
            .methods
            .iter()
            .map(|method| in_process(&service, method))
            .collect();
        code.push_str(&format!(
            "#[tonic::async_trait]
            impl {calls} for crate::Remote {{ {} }}
            #[tonic::async_trait]
            impl<E: crate::Edge, S: {calls} + Clone> {calls} for crate::InProcess<E, S> {{ {} }}",
            remote.concat(),
            in_process.concat(),
        ));
    }
}

/// A call by the generated client.
fn remote(service: &Service, method: &Method) -> String {
    let client = format!("{}_client::{}Client", module(service), service.name);
    format!(
        "{} {{
            {client}::new(self.channel.clone())
                .max_decoding_message_size(self.message_limit)
                .max_encoding_message_size(self.message_limit)
                .{}(request)
                .await
        }}",
        signature(method),
        method.name,
    )
}

/// A call through the edge.
fn in_process(service: &Service, method: &Method) -> String {
    let path = format!(
        "/{}.{}/{}",
        service.package, service.proto_name, method.proto_name
    );
    let call = format!("{}_server::{}::{}", module(service), service.name, method.name);
    format!(
        "{} {{
            let services = self.services.clone();
            let call = move |request| async move {{ {call}(&services, request).await }};
            self.edge.pass(\"{path}\", request, call).await
        }}",
        signature(method),
    )
}

fn signature(method: &Method) -> String {
    format!(
        "async fn {}(&self, request: tonic::Request<{}>) -> Result<tonic::Response<{}>, tonic::Status>",
        method.name, method.input_type, method.output_type,
    )
}

/// What the modules of a service begin with, which tonic makes of its name.
fn module(service: &Service) -> String {
    let mut module = String::new();
    for letter in service.name.chars() {
        if letter.is_ascii_uppercase() && !module.is_empty() {
            module.push('_');
        }
        module.push(letter.to_ascii_lowercase());
    }
    module
}
