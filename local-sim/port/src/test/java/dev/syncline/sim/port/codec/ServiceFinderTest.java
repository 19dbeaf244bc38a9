// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.port.EchoService;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceFinderTest {
  private static final List<AwsService> SERVICES =
      List.of(
          new EchoService("table", "table", new Protocol.AwsJson("Table_2012", "1.0")),
          new EchoService("tablestreams", "table", new Protocol.AwsJson("Streams_2012", "1.0")),
          new EchoService("other", "things", new Protocol.AwsJson("Other_2020", "1.1")),
          new EchoService("things", "things", new Protocol.RestJson()));

  private static String find(String signingName, String target, String method, String path) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(
        Map.entry(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/"
                + signingName
                + "/aws4_request, SignedHeaders=host, Signature=0"));
    if (!target.isEmpty()) {
      headers.add(Map.entry("X-Amz-Target", target));
    }
    return new ServiceFinder(() -> SERVICES, "us-east-1")
        .find(new WireRequest(method, path, List.of(), headers, new byte[0]), "127.0.0.1")
        .orElseThrow()
        .id();
  }

  @ParameterizedTest
  @CsvSource({
    "table,  Table_2012.Echo,   POST, /,         table",
    "table,  Streams_2012.Echo, POST, /,         tablestreams",
    "things, '',                GET,  /things/1, things",
    "things, Other_2020.Echo,   POST, /,         other",
  })
  void servicesOfOneSigningNameAreToldApartByTargetOrPath(
      String signingName, String target, String method, String path, String expected) {
    assertThat(find(signingName, target, method, path)).isEqualTo(expected);
  }

  @Test
  void theFirstServiceOfASigningNameAnswersForATargetOfNone() {
    assertThat(find("table", "Nobody.Echo", "POST", "/")).isEqualTo("table");
  }
}
