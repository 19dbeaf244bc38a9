// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {

  private static BridgeRequest request(
      String method, String path, String resource, String contextPath) {
    return new BridgeRequest(
        method,
        path,
        resource,
        contextPath,
        "",
        OptionalLong.empty(),
        CallerIdentity.NONE,
        Map.of(),
        null,
        false);
  }

  @ParameterizedTest
  @CsvSource({
    "/event, /event, /dev/event, /dev/event/w-1",
    "/event/, /event, /dev/event/, /dev/event/w-1",
    "/event, /{proxy+}, '', /event/w-1",
    "/base/event, /event, /base/event, /base/event/w-1",
    "/event, /event, /event/event, /event/event/w-1"
  })
  void theLocationIsBelowTheCallersOwnPath(
      String path, String resource, String contextPath, String location) {
    assertRoute("POST", new Route.Submit(), location, path, resource, contextPath);
  }

  @ParameterizedTest
  @CsvSource({
    "/event/w-1, /event/{id}, /dev/event/w-1, /dev/event/w-1",
    "/event/w-1/, /event/{id}, /dev/event/w-1/, /dev/event/w-1",
    "/base/event/w-1, /event/{id}, /base/event/w-1, /base/event/w-1"
  })
  void aStatusIsBelowTheCollection(
      String path, String resource, String contextPath, String location) {
    assertRoute("GET", new Route.Status("w-1"), location, path, resource, contextPath);
  }

  private static void assertRoute(
      String method,
      Route route,
      String location,
      String path,
      String resource,
      String contextPath) {
    BridgeRequest request = request(method, path, resource, contextPath);
    assertThat(Route.of(request)).isEqualTo(route);
    assertThat(Route.location(request, "w-1")).isEqualTo(location);
  }
}
