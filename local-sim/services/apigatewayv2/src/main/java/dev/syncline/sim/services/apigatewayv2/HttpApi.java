// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP API with its parts as their operations answer them, and what each deployment serves. Its
 * store's lock guards it.
 *
 * @param json the API as GetApi answers it
 * @param parts by kind and identifier
 * @param deployed routes, integrations and authorizers by deployment, as they were then
 */
record HttpApi(
    ObjectNode json,
    Map<HttpApiPart, Map<String, ObjectNode>> parts,
    Map<String, ObjectNode> deployed) {
  /** An API without parts. */
  static HttpApi of(ObjectNode json) {
    var parts = new EnumMap<HttpApiPart, Map<String, ObjectNode>>(HttpApiPart.class);
    for (HttpApiPart part : HttpApiPart.values()) {
      parts.put(part, new LinkedHashMap<>());
    }
    return new HttpApi(json, parts, new LinkedHashMap<>());
  }

  String id() {
    return json.get("apiId").asText();
  }

  /** All parts of a kind, by identifier. */
  Map<String, ObjectNode> all(HttpApiPart part) {
    Map<String, ObjectNode> all = parts.get(part);
    if (all == null) {
      throw new IllegalStateException("an API without a map of " + part);
    }
    return all;
  }

  /**
   * One part.
   *
   * @throws AwsException when the API has no such part
   */
  ObjectNode one(HttpApiPart part, String id) {
    ObjectNode found = all(part).get(id);
    if (found == null) {
      throw part == HttpApiPart.STAGE
          ? HttpApiErrors.stageNotFound(id)
          : HttpApiErrors.notFound(part.noun(), id);
    }
    return found;
  }

  /** Keeps the present routes, integrations and authorizers as what the deployment serves. */
  void snapshot(String deploymentId) {
    ObjectNode snapshot = Json.object();
    for (HttpApiPart part :
        new HttpApiPart[] {HttpApiPart.ROUTE, HttpApiPart.INTEGRATION, HttpApiPart.AUTHORIZER}) {
      ObjectNode copies = snapshot.putObject(part.name());
      all(part).forEach((id, json) -> copies.set(id, json.deepCopy()));
    }
    deployed.put(deploymentId, snapshot);
  }
}
