// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Queries of a GraphQL API over HTTP: resolvers with the data sources NONE, DynamoDB and Lambda, a
 * pipeline of two functions, and beside them graphql-java alone at the same port with the same
 * schema and query.
 *
 * <pre>
 * GraphqlBenchmark [requests] [connections]
 * </pre>
 */
public final class GraphqlBenchmark {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMA =
      """
      type Item { id: ID! name: String size: Int }
      type Query {
        none(id: ID!): Item table(id: ID!): Item function(id: ID!): Item pipeline(id: ID!): Item
      }
      """;
  private static final String NONE =
      "{\"version\":\"2018-05-29\",\"payload\":{\"id\":$util.toJson($ctx.args.id),"
          + "\"name\":\"n\",\"size\":7}}";
  private static final String GET =
      "{\"version\":\"2018-05-29\",\"operation\":\"GetItem\",\"key\":{\"id\":"
          + "$util.dynamodb.toDynamoDBJson($ctx.args.id)}}";
  private static final String INVOKE =
      "{\"version\":\"2018-05-29\",\"operation\":\"Invoke\",\"payload\":"
          + "{\"id\":$util.toJson($ctx.args.id)}}";
  private static final String RESULT = "$util.toJson($ctx.result)";

  private final Simulator simulator;
  private String apiId = "";

  private GraphqlBenchmark(Simulator simulator) {
    this.simulator = simulator;
  }

  /** Runs it. */
  public static void main(String[] given) throws Exception {
    Arguments arguments = Arguments.of(given);
    int requests = arguments.number(0, 20_000);
    int connections = arguments.number(1, 8);
    SimulatorConfig config =
        SimulatorConfig.defaults(Files.createTempDirectory("syncline-benchmark"))
            .withClock(new ClockMode.Real())
            .withExecutor(FunctionExecutor.IN_PROCESS, connections);
    try (Simulator simulator = Simulator.start(config)) {
      var benchmark = new GraphqlBenchmark(simulator);
      String key = benchmark.deploy();
      simulator.addEndpoint(new Bare(bare()));
      // NONE and graphql-java twice, so that neither is the only one on a cold machine.
      for (int round = 1; round <= 2; round++) {
        System.out.println("none");
        benchmark.load("/graphql", key, "none").runAll(requests, connections);
        System.out.println("graphql-java alone");
        benchmark.load(Bare.PATH, key, "none").runAll(requests, connections);
      }
      for (String field : new String[] {"table", "function", "pipeline"}) {
        System.out.println(field);
        benchmark.load("/graphql", key, field).runAll(requests, connections);
      }
    }
  }

  private HttpLoad load(String path, String key, String field) {
    String query =
        "{\"query\":\"query Get($id: ID!) { "
            + field
            + "(id: $id) { id name size } }\",\"variables\":{\"id\":\"1\"}}";
    return new HttpLoad(simulator.endpoint(), path, "x-api-key: " + key + "\r\n", number -> query);
  }

  private String deploy() throws IOException {
    apiId =
        call("appsync", "CreateGraphqlApi", "{\"name\":\"b\",\"authenticationType\":\"API_KEY\"}")
            .at("/graphqlApi/apiId")
            .asText();
    String encoded = Base64.getEncoder().encodeToString(SCHEMA.getBytes(StandardCharsets.UTF_8));
    ofApi("StartSchemaCreation", "{\"definition\":\"" + encoded + "\"}");
    table();
    function();
    ofApi("CreateDataSource", "{\"name\":\"none\",\"type\":\"NONE\"}");
    ofApi(
        "CreateDataSource",
        "{\"name\":\"table\",\"type\":\"AMAZON_DYNAMODB\",\"serviceRoleArn\":"
            + "\"arn:aws:iam::111111111111:role/r\",\"dynamodbConfig\":"
            + "{\"tableName\":\"items\",\"awsRegion\":\"us-east-1\"}}");
    ofApi(
        "CreateDataSource",
        "{\"name\":\"function\",\"type\":\"AWS_LAMBDA\",\"serviceRoleArn\":"
            + "\"arn:aws:iam::111111111111:role/r\",\"lambdaConfig\":{\"lambdaFunctionArn\":"
            + "\"arn:aws:lambda:us-east-1:111111111111:function:item\"}}");
    resolver("none", NONE);
    resolver("table", GET);
    resolver("function", INVOKE);
    ObjectNode pipeline = templates("{}").put("typeName", "Query").put("fieldName", "pipeline");
    pipeline.put("kind", "PIPELINE");
    var functions = pipeline.putObject("pipelineConfig").putArray("functions");
    for (String name : new String[] {"first", "second"}) {
      ObjectNode step = templates(NONE).put("name", name).put("dataSourceName", "none");
      functions.add(
          ofApi("CreateFunction", step.toString())
              .at("/functionConfiguration/functionId")
              .asText());
    }
    pipeline.put("responseMappingTemplate", "$util.toJson($ctx.prev.result)");
    ofApi("CreateResolver", pipeline.toString());
    return ofApi("CreateApiKey", "{}").at("/apiKey/id").asText();
  }

  private void table() throws IOException {
    call(
        "dynamodb",
        "CreateTable",
        """
        {"TableName":"items","BillingMode":"PAY_PER_REQUEST",
         "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
         "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}
        """);
    call(
        "dynamodb",
        "PutItem",
        """
        {"TableName":"items","Item":{"id":{"S":"1"},"name":{"S":"n"},"size":{"N":"7"}}}
        """);
  }

  private void function() throws IOException {
    RequestStreamHandler handler =
        (in, out, context) -> {
          in.readAllBytes();
          out.write("{\"id\":\"1\",\"name\":\"n\",\"size\":7}".getBytes(StandardCharsets.UTF_8));
        };
    simulator.contracts().get(InProcessFunctions.class).register("item", environment -> handler);
    call(
        "lambda",
        "CreateFunction",
        """
        {"FunctionName":"item","Runtime":"java21","Handler":"any.Handler",
         "Role":"arn:aws:iam::111111111111:role/r",
         "Code":{"ZipFile":"%s"}}
        """
            .formatted(zip()));
  }

  /** A package without code: the function is an object in this process. */
  private static String zip() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("empty"));
      zip.closeEntry();
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private void resolver(String field, String request) throws IOException {
    ObjectNode resolver = templates(request).put("typeName", "Query").put("fieldName", field);
    ofApi("CreateResolver", resolver.put("dataSourceName", field).toString());
  }

  private static ObjectNode templates(String request) {
    return JSON.createObjectNode()
        .put("requestMappingTemplate", request)
        .put("responseMappingTemplate", RESULT);
  }

  private JsonNode ofApi(String operation, String input) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(input);
    return call("appsync", operation, json.put("apiId", apiId).toString());
  }

  private JsonNode call(String service, String operation, String input) throws IOException {
    return simulator
        .dispatcher()
        .call(service, operation, (ObjectNode) JSON.readTree(input), simulator.internalCall())
        .json();
  }

  private static GraphQL bare() {
    RuntimeWiring wiring =
        RuntimeWiring.newRuntimeWiring()
            .type(
                "Query",
                type ->
                    type.dataFetcher(
                        "none",
                        asked -> Map.of("id", asked.getArgument("id"), "name", "n", "size", 7)))
            .build();
    return GraphQL.newGraphQL(
            new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(SCHEMA), wiring))
        .build();
  }

  /** graphql-java behind the same port, with a cache of no documents, as it is by default. */
  private record Bare(GraphQL graphql) implements HttpEndpoint {
    static final String PATH = "/bare/graphql";

    @Override
    public boolean claims(HttpRequest request) {
      return request.rawPath().equals(PATH);
    }

    @Override
    public HttpResponse answer(HttpRequest request) throws IOException {
      JsonNode body = JSON.readTree(request.body());
      @SuppressWarnings("unchecked") // an object converts to a map of names
      Map<String, Object> variables = JSON.convertValue(body.path("variables"), Map.class);
      var result =
          graphql.execute(
              ExecutionInput.newExecutionInput(body.path("query").asText())
                  .variables(variables)
                  .build());
      return new HttpResponse(
          200,
          Headers.of("Content-Type", "application/json"),
          JSON.writeValueAsBytes(result.toSpecification()));
    }
  }
}
