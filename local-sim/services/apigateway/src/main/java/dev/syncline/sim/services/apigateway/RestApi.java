// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A REST API as it is being edited, each part in the form in which the API shows it. Guarded by
 * {@link RestApiStore}'s lock.
 */
final class RestApi {
  /**
   * A snapshot, and how it is listed.
   *
   * @param source the parts that the snapshot was made of; not to be changed
   */
  record Deployment(ObjectNode json, DeployedApi snapshot, Parts source) {
    /** The API as it is now. */
    static Deployment of(RestApi api, ObjectNode json) {
      return new Deployment(json, DeployedApi.of(api), api.parts());
    }

    /** One whose parts were saved. */
    static Deployment of(String apiId, ObjectNode json, Parts source) {
      return new Deployment(json, DeployedApi.of(RestApi.of(apiId, source)), source);
    }
  }

  /** The editable parts, each in the form in which the API shows it. */
  record Parts(
      ObjectNode json,
      Map<String, ObjectNode> resources,
      Map<String, ObjectNode> models,
      Map<String, ObjectNode> validators,
      Map<String, ObjectNode> authorizers,
      Map<String, ObjectNode> gatewayResponses) {}

  final String id;
  final ObjectNode json;
  final Map<String, ObjectNode> resources = new LinkedHashMap<>();
  final Map<String, ObjectNode> models = new TreeMap<>();
  final Map<String, ObjectNode> validators = new LinkedHashMap<>();
  final Map<String, ObjectNode> authorizers = new LinkedHashMap<>();
  final Map<String, ObjectNode> gatewayResponses = new TreeMap<>();
  final Map<String, Deployment> deployments = new LinkedHashMap<>();
  final Map<String, ObjectNode> stages = new TreeMap<>();

  RestApi(String id, ObjectNode json) {
    this.id = id;
    this.json = json;
  }

  /** An API of these parts, which it takes over, without deployments. */
  static RestApi of(String id, Parts parts) {
    var api = new RestApi(id, parts.json);
    api.resources.putAll(parts.resources);
    api.models.putAll(parts.models);
    api.validators.putAll(parts.validators);
    api.authorizers.putAll(parts.authorizers);
    api.gatewayResponses.putAll(parts.gatewayResponses);
    return api;
  }

  /** A copy of what is edited. */
  Parts parts() {
    return new Parts(
        json.deepCopy(),
        copied(resources),
        copied(models),
        copied(validators),
        copied(authorizers),
        copied(gatewayResponses));
  }

  private static Map<String, ObjectNode> copied(Map<String, ObjectNode> nodes) {
    var copies = new LinkedHashMap<String, ObjectNode>();
    nodes.forEach((name, node) -> copies.put(name, node.deepCopy()));
    return copies;
  }

  ObjectNode resource(String resourceId) {
    ObjectNode resource = resources.get(resourceId);
    if (resource == null) {
      throw GatewayErrors.notFound("Resource");
    }
    return resource;
  }

  ObjectNode method(String resourceId, String httpMethod) {
    if (resource(resourceId).path("resourceMethods").get(httpMethod) instanceof ObjectNode method) {
      return method;
    }
    throw GatewayErrors.notFound("Method");
  }

  ObjectNode integration(String resourceId, String httpMethod) {
    if (method(resourceId, httpMethod).get("methodIntegration") instanceof ObjectNode integration) {
      return integration;
    }
    throw GatewayErrors.notFound("Integration");
  }

  ObjectNode stage(String name) {
    ObjectNode stage = stages.get(name);
    if (stage == null) {
      throw GatewayErrors.notFound("stage");
    }
    return stage;
  }

  Deployment deployment(@Nullable String deploymentId) {
    Deployment deployment = deploymentId == null ? null : deployments.get(deploymentId);
    if (deployment == null) {
      throw GatewayErrors.notFound("Deployment");
    }
    return deployment;
  }
}
