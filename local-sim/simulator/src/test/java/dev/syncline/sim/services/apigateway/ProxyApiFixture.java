// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

/** APIs that invoke f; the gateway may not invoke it before {@link #deployed}. */
abstract class ProxyApiFixture extends GatewayFixture {
  @Override
  boolean permitted() {
    return false;
  }

  String deployed(String members) {
    String api = api(members);
    gateway.permit("f");
    gateway.deploy(api);
    return api;
  }

  /** An API with POST /event and POST /event/{id}, not deployed. */
  String api(String members) {
    String api = gateway.api(members);
    String leaf = gateway.resource(api, "event", "{id}");
    String event =
        gateway
            .gateway("GetResource", "{'restApiId': '" + api + "', 'resourceId': '" + leaf + "'}")
            .get("parentId")
            .asText();
    for (String resource : new String[] {event, leaf}) {
      gateway.invoking(api, resource, "POST", "");
    }
    return api;
  }
}
