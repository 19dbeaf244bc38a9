// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Output;
import java.util.List;

/**
 * The responses of methods or of integrations, by status code: handlers of the four operations that
 * both have. Thread-safe.
 *
 * @param member the owner's member that has the responses
 * @param replaces whether put replaces a response of the same status code or refuses it
 */
record StatusResponses(
    RestApiStore store, String member, boolean replaces, Patch patch, Owner owner, Check check) {
  /** Finds the method or integration that an input addresses. */
  @FunctionalInterface
  interface Owner {
    /** Throws an AwsException if the response does not exist. */
    ObjectNode find(RestApi api, Input input);
  }

  /** Checks a response before it is stored. */
  @FunctionalInterface
  interface Check {
    /** Throws an AwsException that names what is wrong. */
    void require(RestApi api, Input input, ObjectNode response);
  }

  Output put(Input input, CallContext context) {
    return store.answer(
        input,
        api -> {
          ObjectNode parent = owner.find(api, input);
          ObjectNode response = read(input);
          if (!replaces && parent.path(member).has(status(response))) {
            throw GatewayErrors.conflict("Response already exists for this resource");
          }
          check.require(api, input, response);
          keep(parent, response);
          return response.deepCopy();
        });
  }

  Output get(Input input, CallContext context) {
    return store.answer(input, api -> response(owner.find(api, input), input).deepCopy());
  }

  Output update(Input input, CallContext context) {
    return store.answer(
        input,
        api -> {
          ObjectNode parent = owner.find(api, input);
          ObjectNode response = response(parent, input).deepCopy();
          patch.apply(response, input);
          check.require(api, input, response);
          keep(parent, response);
          return response.deepCopy();
        });
  }

  Output delete(Input input, CallContext context) {
    return store.change(
        input,
        api -> {
          ObjectNode parent = owner.find(api, input);
          ObjectNode response = response(parent, input);
          if (parent.get(member) instanceof ObjectNode responses) {
            responses.remove(status(response));
          }
        });
  }

  private static ObjectNode read(Input input) {
    String status = input.requiredText("statusCode");
    if (!status.matches("[1-5]\\d\\d")) {
      throw GatewayErrors.badRequest("Invalid status code specified: " + status);
    }
    ObjectNode response = input.json().deepCopy();
    response.remove(List.of("restApiId", "resourceId", "httpMethod"));
    return response.put("statusCode", status);
  }

  private void keep(ObjectNode parent, ObjectNode response) {
    ObjectNode responses =
        parent.get(member) instanceof ObjectNode present ? present : parent.putObject(member);
    responses.set(status(response), response);
  }

  private ObjectNode response(ObjectNode parent, Input input) {
    if (parent.path(member).get(input.requiredText("statusCode")) instanceof ObjectNode response) {
      return response;
    }
    throw GatewayErrors.noResponse();
  }

  private static String status(ObjectNode response) {
    return response.get("statusCode").asText();
  }
}
