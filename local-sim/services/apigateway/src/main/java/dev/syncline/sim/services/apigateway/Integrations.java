// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.apigateway.mapping.MappingTemplates;

/** Answers a request by the integration of its method. Thread-safe. */
record Integrations(
    LambdaIntegration lambda,
    AwsIntegration aws,
    HttpIntegration http,
    MappingTemplates templates) {
  HttpResponse call(Exchange exchange, RouteNode.Match match) throws GatewayRejection {
    String type = match.method().integration().path("type").asText();
    if (type.equals("AWS_PROXY")) {
      return lambda.proxy(exchange, match);
    }
    var scope = new MappingScope(exchange, match, templates);
    IntegrationRequest request = RequestMapping.of(scope);
    return switch (type) {
      case "HTTP_PROXY" -> http.proxy(scope, request);
      case "HTTP" -> ResponseMapping.of(scope, http.call(scope, request));
      case "AWS" -> ResponseMapping.of(scope, aws(scope, request));
      default -> ResponseMapping.of(scope, MockIntegration.call(request));
    };
  }

  private IntegrationAnswer aws(MappingScope scope, IntegrationRequest request)
      throws GatewayRejection {
    String uri = scope.match().method().integration().path("uri").asText();
    return ServiceTarget.parse(uri).isFunction()
        ? lambda.call(scope, request)
        : aws.call(scope, request);
  }
}
