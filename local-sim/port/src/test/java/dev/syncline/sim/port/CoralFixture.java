// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CoralDialect;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Protocol;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two rooms of one signing name that speak a {@link CoralDialect}, over real HTTP. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class CoralFixture {
  static final String JSON = "application/x-amz-json-1.0";
  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/table/aws4_request, SignedHeaders=host,"
          + " Signature=0";
  private static final CoralDialect DIALECT =
      CoralDialect.of(
          "com.example.table.v1", Set.of("ThingLost"), Set.of(JSON, "application/json"));

  private final SimClock clock = new SimClock(new ClockMode.Manual());
  final Journal journal = new Journal(clock);
  private final Ids ids = new Ids(1);
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir Path work;
  PortServer server;

  @BeforeEach
  void start() {
    var dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));
    for (String id : List.of("table", "streams")) {
      String target = id.equals("table") ? "Table_2012" : "Streams_2012";
      dispatcher.register(
          new EchoService(id, "table", new Protocol.AwsJson(target, "1.0", DIALECT)));
    }
    dispatcher.register(new EchoService("states", new Protocol.AwsJson("Machines", "1.0")));
    var settings =
        new GuardSettings(
            InetAddress.getLoopbackAddress(),
            List.of(Origin.read("http://localhost:5173").orElseThrow()),
            GuardSettings.DEFAULT.functions());
    server =
        new PortServer(
                new PortSettings(InetAddress.getLoopbackAddress(), 0, -1, -1, "us-east-1", work),
                new Router(dispatcher, journal, ids, "111111111111", "us-east-1", settings),
                clock,
                journal,
                PortLimits.DEFAULT)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
    clock.close();
  }

  HttpResponse<byte[]> call(String target, String body) throws Exception {
    return send(post(JSON, target, body));
  }

  HttpRequest.Builder post(String type, String target, String body) {
    return post(type, target, body.getBytes(StandardCharsets.UTF_8));
  }

  HttpRequest.Builder post(String type, String target, byte[] body) {
    return request()
        .header("Content-Type", type)
        .header("X-Amz-Target", target)
        .POST(BodyPublishers.ofByteArray(body));
  }

  HttpRequest.Builder request() {
    return request("/");
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", SIGNED);
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** Sends a head without a body and reads the whole answer. */
  String raw(String head) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static String crc32(byte[] body) {
    var crc = new CRC32();
    crc.update(body);
    return Long.toString(crc.getValue());
  }
}
