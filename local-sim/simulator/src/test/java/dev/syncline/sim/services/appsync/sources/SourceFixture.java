// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.resolver.SourceCalls.SourceResult;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.RolePermissions;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.settings.AllowedHost;
import dev.syncline.sim.services.appsync.auth.FunctionCall;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import dev.syncline.sim.services.appsync.graphql.sources.GraphqlSources;
import dev.syncline.sim.services.appsync.graphql.sources.SourceServices;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.testing.WholeSimulatorFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The data sources of one API, called as its resolvers call them. */
abstract class SourceFixture extends WholeSimulatorFixture {
  private final Map<String, DataSource> sources = new HashMap<>();

  /** The outside hosts that HTTP data sources may call. */
  List<AllowedHost> allowed = List.of();

  /** Adds a data source; single quotes in the settings stand for double ones. */
  void source(String name, DataSource.Type type, String settings) {
    sources.put(name, new DataSource(name, "arn:" + name, type, null, json(settings)));
  }

  /** Adds a table with the key {@code id} and, if named, a sort key, and a source for it. */
  void table(String name, String sortKey) {
    String sort = sortKey.isEmpty() ? "" : ",{'AttributeName':'" + sortKey + "',";
    whole.call(
        "dynamodb",
        "CreateTable",
        "{'TableName':'"
            + name
            + "','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':"
            + "[{'AttributeName':'id','AttributeType':'S'}"
            + (sort.isEmpty() ? "" : sort + "'AttributeType':'N'}")
            + "],'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}"
            + (sort.isEmpty() ? "" : sort + "'KeyType':'RANGE'}")
            + "]}");
    source(
        name,
        DataSource.Type.AMAZON_DYNAMODB,
        "{'dynamodbConfig':{'tableName':'" + name + "','awsRegion':'" + region() + "'}}");
  }

  /** Calls an operation with a request that may have single quotes in it. */
  void call(String service, String operation, ObjectNode input) {
    whole
        .simulator
        .clock()
        .run(
            () ->
                whole
                    .simulator
                    .dispatcher()
                    .call(service, operation, input, whole.simulator.internalCall()));
  }

  /** Creates a role that a service may assume. */
  void role(String name, String service) {
    String trust =
        "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'sts:AssumeRole',"
            + "'Principal':{'Service':'"
            + service
            + "'}}]}";
    call(
        "iam",
        "CreateRole",
        Json.object()
            .put("RoleName", name)
            .put("AssumeRolePolicyDocument", json(trust).toString()));
  }

  String region() {
    return whole.simulator.internalCall().region();
  }

  /** The value that a document results in; fails on an error. */
  JsonNode value(String source, String document) {
    SourceResult result = result(source, document);
    assertThat(result.error()).isNull();
    return result.value();
  }

  /** The error that a document results in. */
  FieldError error(String source, String document) {
    return errorOf(result(source, document));
  }

  static FieldError errorOf(SourceResult result) {
    FieldError error = result.error();
    if (error == null) {
      throw new AssertionError("no error, but " + result.value());
    }
    return error;
  }

  /** The type and text of the error that a document results in. */
  String failure(String source, String document) {
    FieldError error = error(source, document);
    return error.errorType() + ": " + error.message();
  }

  SourceResult result(String source, String document) {
    return results(source, "[" + document + "]").get(0);
  }

  List<SourceResult> results(String source, String documents) {
    var list = new ArrayList<JsonNode>();
    tree(documents).forEach(list::add);
    Simulator simulator = whole.simulator;
    CallContext context = simulator.internalCall();
    var services =
        new SourceServices(
            simulator.clock(),
            new FunctionCall(
                simulator.clock(),
                simulator.ids(),
                simulator.dispatcher(),
                context.account(),
                context.region(),
                Duration.ofSeconds(30)),
            simulator.dispatcher(),
            simulator::internalCall,
            simulator.contracts().later(LocalHttp.class),
            allowed,
            simulator.contracts().later(RolePermissions.class),
            SourceServices.sessions(simulator.clock(), simulator.dispatcher()));
    var request =
        new RequestContext(
            "r",
            "API Key Authorization",
            NullNode.instance,
            Json.object(),
            null,
            Json.object(),
            new RequestEffects());
    try {
      return simulator
          .clock()
          .call(() -> new GraphqlSources(sources::get, services).call(source, list, request));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  /** JSON with single quotes in place of double ones. */
  static ObjectNode json(String text) {
    return (ObjectNode) tree(text);
  }

  static ArrayNode array(String text) {
    return (ArrayNode) tree(text);
  }

  private static JsonNode tree(String text) {
    try {
      return Json.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(text, malformed);
    }
  }
}
