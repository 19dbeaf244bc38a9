// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Whether a deployed system does its work. */
final class ApiCheck {
  private ApiCheck() {}

  /**
   * A name and a surname sent to {@code events} come back as a full name. A machine that is busy
   * may start the bridge too slowly; it then answers 503: nothing was started. The test's time-out
   * bounds it.
   */
  static void assertFullName(URI events) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(events)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Deployed.person("Ada", "Lovelace")))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      while (Deployed.nothingWasStarted(answer)) {
        answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      }
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("\"fullName\":\"Ada Lovelace\"");
    }
  }
}
