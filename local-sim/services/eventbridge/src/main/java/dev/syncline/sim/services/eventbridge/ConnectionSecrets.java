// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;

/**
 * The Secrets Manager secret in which EventBridge keeps a connection's parameters. It mirrors them:
 * a value put into the secret by hand is not read back. Thread-safe.
 */
record ConnectionSecrets(Dispatcher dispatcher, Ids ids) {
  private static final String SERVICE = "secretsmanager";

  /** Creates the connection's secret and gives its ARN. */
  String create(
      String connection,
      ConnectionAuthorization authorization,
      InvocationParameters parameters,
      CallContext context) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.put("Name", "events!connection/" + connection + "/" + ids.uuid());
    input.put("SecretString", content(authorization, parameters));
    return call("CreateSecret", input, context).required("ARN").asText();
  }

  /** Puts a new value into the secret. */
  void update(
      String secretArn,
      ConnectionAuthorization authorization,
      InvocationParameters parameters,
      CallContext context) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.put("SecretId", secretArn);
    input.put("SecretString", content(authorization, parameters));
    call("PutSecretValue", input, context);
  }

  /** Deletes the secret at once; succeeds when it does not exist. */
  void delete(String secretArn, CallContext context) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.put("SecretId", secretArn);
    input.put("ForceDeleteWithoutRecovery", true);
    try {
      call("DeleteSecret", input, context);
    } catch (AwsException refused) {
      if (!refused.code().equals("ResourceNotFoundException")) {
        throw refused;
      }
    }
  }

  /** Calls as the service itself, which alone may change its secrets: without the caller's host. */
  private JsonNode call(String operation, ObjectNode input, CallContext caller) {
    var context =
        new CallContext(caller.account(), caller.region(), caller.requestId(), "", new byte[0]);
    return dispatcher.call(SERVICE, operation, input, context).json();
  }

  private static String content(
      ConnectionAuthorization authorization, InvocationParameters parameters) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (authorization) {
      case ConnectionAuthorization.ApiKey key -> {
        json.put("api_key_name", key.name());
        json.put("api_key_value", key.value());
      }
      case ConnectionAuthorization.Basic basic -> {
        json.put("username", basic.username());
        json.put("password", basic.password());
      }
      case ConnectionAuthorization.OAuth oauth -> {
        json.put("client_id", oauth.clientId());
        json.put("client_secret", oauth.clientSecret());
        json.put("authorization_endpoint", oauth.endpoint());
        json.put("http_method", oauth.method());
        if (!oauth.parameters().isEmpty()) {
          parameters(json.putObject("oauth_http_parameters"), oauth.parameters());
        }
      }
    }
    if (!parameters.isEmpty()) {
      parameters(json.putObject("invocation_http_parameters"), parameters);
    }
    return json.toString();
  }

  private static void parameters(ObjectNode into, InvocationParameters parameters) {
    parameters.write(
        into,
        "header_parameters",
        "query_string_parameters",
        "body_parameters",
        (item, parameter) ->
            item.put("key", parameter.key())
                .put("value", parameter.value())
                .put("is_value_secret", parameter.secret()));
  }
}
