// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A request as it is on the wire, and the status that it gets.
 *
 * @param request method and target
 * @param headers a line each; texts in braces are filled in by {@link AttackedSimulator#filled}
 */
record Row(int status, String request, String body, List<String> headers) {
  static final String HOME = "Host: 127.0.0.1:{port}";
  static final String EVIL = "Origin: https://evil.example";
  static final String CROSS = "Sec-Fetch-Site: cross-site";
  static final String TEXT = "Content-Type: text/plain;charset=UTF-8";
  static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  static final String SCOPE = "X-Amz-Credential=a/20260101/us-east-1/";
  static final String END = "/aws4_request";
  static final String CREATE_FUNCTION =
      "{\"FunctionName\":\"f\",\"Runtime\":\"java21\",\"Handler\":\"E\",\"Role\":"
          + "\"arn:aws:iam::111111111111:role/r\",\"Code\":{\"ZipFile\":\"UEsFBgAAAAA=\"}}";
  static final String UPGRADE =
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
          + "Sec-WebSocket-Protocol: aws-appsync-event-ws";

  static Row row(int status, String request, String body, String... headers) {
    return new Row(status, request, body, List.of(headers));
  }

  /** The same with more headers; a Host takes the place of the one that is there. */
  Row with(int newStatus, String... more) {
    var all = new ArrayList<>(headers);
    for (String header : more) {
      if (header.startsWith("Host:")) {
        all.removeIf(one -> one.startsWith("Host:"));
      }
      all.add(header);
    }
    return new Row(newStatus, request, body, all);
  }
}
