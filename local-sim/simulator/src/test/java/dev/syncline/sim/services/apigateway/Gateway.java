// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.EnvironmentFactory;
import dev.syncline.sim.lambda.inprocess.InProcessEnvironments;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.contract.TokenChecks;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.settings.AllowedHost;
import dev.syncline.sim.service.settings.SqsSettings;
import dev.syncline.sim.services.cloudformation.template.Yaml;
import dev.syncline.sim.services.lambda.FunctionAccess;
import dev.syncline.sim.services.lambda.LambdaComponents;
import dev.syncline.sim.services.lambda.LambdaService;
import dev.syncline.sim.services.sqs.SqsService;
import dev.syncline.testing.TestZip;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A gateway with a Lambda behind it, on skipping time, without a port. */
public final class Gateway implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String ACCOUNT = "111111111111";
  static final String REGION = "us-east-1";

  public final SimClock clock =
      new SimClock(
          new ClockMode.Skipping(), Instant.parse("2026-03-04T05:06:07Z"), Duration.ofMillis(50));
  public final Journal journal = new Journal(clock);
  public final Ids ids = new Ids(11);
  public final FaultPlan faults = new FaultPlan(journal, ids);
  public final Dispatcher dispatcher = new Dispatcher(clock, faults);
  public final InProcessFunctions functions = new InProcessFunctions();
  public final List<String> logs = new CopyOnWriteArrayList<>();
  public final LambdaService lambda;
  final ApiGatewayService service;

  /** Functions are given by {@link #function}. */
  public Gateway(Path directory) {
    this(directory, null);
  }

  /** Functions run where {@code factory} says; null for in process. */
  Gateway(Path directory, @Nullable EnvironmentFactory factory) {
    this(directory, factory, service -> service);
  }

  /** The gateway calls {@code wrapped} of the Lambda service. */
  Gateway(
      Path directory,
      @Nullable EnvironmentFactory factory,
      Function<AwsService, AwsService> wrapped) {
    this(directory, factory, wrapped, List.of());
  }

  /** Integrations may call the hosts {@code allowed}. */
  Gateway(
      Path directory,
      @Nullable EnvironmentFactory factory,
      Function<AwsService, AwsService> wrapped,
      List<AllowedHost> allowed) {
    var queues =
        new SqsService(
            clock,
            ids,
            journal,
            ACCOUNT,
            REGION,
            () -> URI.create("http://127.0.0.1"),
            false,
            SqsSettings.DEFAULT);
    lambda =
        new LambdaService(
            new LambdaComponents(
                clock,
                ids,
                journal,
                dispatcher,
                this::log,
                queues::consumers,
                () -> {
                  throw new IllegalStateException("no streams here");
                },
                factory == null ? new InProcessEnvironments(clock, functions, Map::of) : factory,
                ACCOUNT,
                REGION,
                directory,
                10,
                false,
                () -> URI.create("http://127.0.0.1"),
                FunctionAccess.OPEN));
    service =
        new ApiGatewayService(
            new ApiGatewayComponents(
                clock,
                ids,
                journal,
                dispatcher,
                lambda.permissions(),
                this::log,
                new IntegrationBackends(
                    url -> false,
                    request -> {
                      throw new IllegalStateException("no hosts here");
                    },
                    allowed),
                () -> (token, issuer) -> tokens.check(token, issuer),
                Yaml::new,
                () -> id -> Optional.empty(),
                true,
                ACCOUNT,
                REGION));
    dispatcher.register(wrapped.apply(lambda));
    dispatcher.register(service);
  }

  /** Tokens that authorizers of user pools verify. */
  TokenChecks tokens = (token, issuer) -> new TokenChecks.Result.Invalid("no tokens here");

  private void log(String group, String stream, Instant at, String message) {
    logs.add(group + "|" + message);
  }

  /** Calls an operation with single quotes for double ones. */
  public JsonNode call(String service, String operation, String input) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(input.replace('\'', '"'));
      var context = new CallContext(ACCOUNT, REGION, ids.uuid().toString(), "", new byte[0]);
      return clock.call(() -> dispatcher.call(service, operation, json, context).json());
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  JsonNode gateway(String operation, String input) {
    return call("apigateway", operation, input);
  }

  /** A function with a handler given as an object; its timeout is 60 s. */
  public void function(String name, RequestStreamHandler handler) {
    functions.register(name, environment -> handler);
    call(
        "lambda",
        "CreateFunction",
        "{'FunctionName': '"
            + name
            + "', 'Runtime': 'java21', 'Handler': 'x.Y', 'Timeout': 60,"
            + " 'Role': 'arn:aws:iam::111111111111:role/r', 'Code': {'ZipFile': '"
            + TestZip.base64("readme.txt", "x")
            + "'}}");
  }

  void permit(String function) {
    call(
        "lambda",
        "AddPermission",
        "{'FunctionName': '"
            + function
            + "', 'StatementId': 's1', 'Action': 'lambda:InvokeFunction',"
            + " 'Principal': 'apigateway.amazonaws.com'}");
  }

  /** An API; the result is its id. */
  String api(String members) {
    return gateway("CreateRestApi", "{'name': 'test'" + members + "}").get("id").asText();
  }

  /** A resource below the root; the result is its id. */
  String resource(String api, String... parts) {
    String parent =
        gateway("GetResources", "{'restApiId': '" + api + "'}")
            .get("item")
            .get(0)
            .get("id")
            .asText();
    for (String part : parts) {
      parent =
          gateway(
                  "CreateResource",
                  "{'restApiId': '"
                      + api
                      + "', 'parentId': '"
                      + parent
                      + "', 'pathPart': '"
                      + part
                      + "'}")
              .get("id")
              .asText();
    }
    return parent;
  }

  void method(String api, String resource, String httpMethod, String members) {
    gateway(
        "PutMethod",
        target(api, resource, httpMethod) + ", 'authorizationType': 'NONE'" + members + "}");
  }

  void proxy(String api, String resource, String httpMethod, String function, String members) {
    gateway(
        "PutIntegration",
        target(api, resource, httpMethod)
            + ", 'type': 'AWS_PROXY', 'integrationHttpMethod': 'POST', 'uri':"
            + " 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
            + "arn:aws:lambda:us-east-1:111111111111:function:"
            + function
            + "/invocations'"
            + members
            + "}");
  }

  /** A method that invokes a function; {@code members} are those of PutMethod. */
  void invoking(String api, String resource, String httpMethod, String members) {
    method(api, resource, httpMethod, members);
    proxy(api, resource, httpMethod, "f", "");
  }

  /**
   * A method with a mock integration and one response of it.
   *
   * @param members members of PutIntegration after its type, from a comma on
   * @param parameters response parameters with the expressions that they are mapped from
   */
  void mock(
      String api,
      String resource,
      String httpMethod,
      String members,
      String status,
      Map<String, String> parameters,
      String responseMembers) {
    String target = target(api, resource, httpMethod);
    method(api, resource, httpMethod, "");
    gateway("PutIntegration", target + ", 'type': 'MOCK'" + members + "}");
    String response = target + ", 'statusCode': '" + status + "', 'responseParameters': {";
    gateway("PutMethodResponse", response + entries(parameters, name -> "true") + "}}");
    gateway(
        "PutIntegrationResponse",
        response
            + entries(
                parameters,
                name ->
                    "'"
                        + Objects.requireNonNull(parameters.get(name)).replace("'", "\\u0027")
                        + "'")
            + "}"
            + responseMembers
            + "}");
  }

  private static String entries(Map<String, String> parameters, UnaryOperator<String> value) {
    return parameters.keySet().stream()
        .map(name -> "'method.response.header." + name + "': " + value.apply(name))
        .collect(Collectors.joining(","));
  }

  /** A model of JSON bodies; its schema has single quotes for double ones. */
  void model(String api, String name, String schema) {
    gateway(
        "CreateModel",
        "{'restApiId': '"
            + api
            + "', 'name': '"
            + name
            + "', 'contentType': 'application/json', 'schema': '"
            + schema.replace("\\", "\\\\").replace("'", "\\\"")
            + "'}");
  }

  /** Members of PutMethod: the body is of a model, and a new validator checks it. */
  String checkedBy(String api, String model, String validatorMembers) {
    String validator =
        gateway(
                "CreateRequestValidator",
                "{'restApiId': '"
                    + api
                    + "', 'name': 'v', 'validateRequestBody': true"
                    + validatorMembers
                    + "}")
            .get("id")
            .asText();
    return ", 'requestModels': {'application/json': '"
        + model
        + "'}, 'requestValidatorId': '"
        + validator
        + "'";
  }

  /** Replaces settings of the stage dev; a path, its value, and so on. */
  void patchStage(String api, String... pathsAndValues) {
    var operations = new StringJoiner(", ");
    for (int i = 0; i < pathsAndValues.length; i += 2) {
      operations.add(
          "{'op': 'replace', 'path': '"
              + pathsAndValues[i]
              + "', 'value': '"
              + pathsAndValues[i + 1]
              + "'}");
    }
    gateway(
        "UpdateStage",
        "{'restApiId': '"
            + api
            + "', 'stageName': 'dev', 'patchOperations': ["
            + operations
            + "]}");
  }

  static String target(String api, String resource, String httpMethod) {
    return "{'restApiId': '"
        + api
        + "', 'resourceId': '"
        + resource
        + "', 'httpMethod': '"
        + httpMethod
        + "'";
  }

  void deploy(String api) {
    gateway("CreateDeployment", "{'restApiId': '" + api + "', 'stageName': 'dev'}");
  }

  /** A request by the path form, below the stage dev. */
  HttpResponse send(String api, String method, String path, String body, String... headers) {
    return send(api, method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  HttpResponse send(String api, String method, String path, byte[] body, String... headers) {
    int question = path.indexOf('?');
    return answer(
        new HttpRequest(
            method,
            "/restapis/"
                + api
                + "/dev/_user_request_"
                + (question < 0 ? path : path.substring(0, question)),
            question < 0 ? "" : path.substring(question + 1),
            Headers.of(headers),
            body,
            "127.0.0.1",
            false));
  }

  HttpResponse answer(HttpRequest request) {
    try {
      if (!service.endpoints().getFirst().claims(request)) {
        throw new IllegalStateException("the gateway does not claim " + request.rawPath());
      }
      return clock.call(() -> service.endpoints().getFirst().answer(request));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  static String text(HttpResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    lambda.close();
    clock.close();
  }
}
