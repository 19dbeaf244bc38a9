// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.apigateway;

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
  /** A snapshot, and how it is listed. */
  record Deployment(ObjectNode json, DeployedApi snapshot) {}

  final String id;
  final ObjectNode json;
  final Map<String, ObjectNode> resources = new LinkedHashMap<>();
  final Map<String, ObjectNode> models = new TreeMap<>();
  final Map<String, ObjectNode> validators = new LinkedHashMap<>();
  final Map<String, ObjectNode> gatewayResponses = new TreeMap<>();
  final Map<String, Deployment> deployments = new LinkedHashMap<>();
  final Map<String, ObjectNode> stages = new TreeMap<>();

  RestApi(String id, ObjectNode json) {
    this.id = id;
    this.json = json;
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
