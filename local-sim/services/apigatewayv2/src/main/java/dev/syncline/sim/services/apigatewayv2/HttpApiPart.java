// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

/** The parts of an HTTP API, each with an identifier that is unique in the API. */
enum HttpApiPart {
  ROUTE("Route", "routeId"),
  INTEGRATION("Integration", "integrationId"),
  AUTHORIZER("Authorizer", "authorizerId"),
  DEPLOYMENT("Deployment", "deploymentId"),
  STAGE("Stage", "stageName");

  private final String noun;
  private final String idMember;

  HttpApiPart(String noun, String idMember) {
    this.noun = noun;
    this.idMember = idMember;
  }

  /** The noun in the names of operations. */
  String noun() {
    return noun;
  }

  /** The member that has the identifier. */
  String idMember() {
    return idMember;
  }

  /** The path of all parts of this kind, such as {@code /v2/apis/{apiId}/routes}. */
  String all() {
    String plural = noun + "s";
    return "/v2/apis/{apiId}/" + Character.toLowerCase(plural.charAt(0)) + plural.substring(1);
  }

  /** The path of one part. */
  String one() {
    return all() + "/{" + idMember + "}";
  }
}
