// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.port.PortServer;
import dev.syncline.sim.port.PortSettings;
import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;

/**
 * The simulator's port with one answer for every request: the upper bound for a service behind it.
 * Runs until it is stopped.
 *
 * <pre>
 * FixedAnswerServer [port]
 * </pre>
 */
public final class FixedAnswerServer {
  private static final String ANSWER =
      "{\"Table\":{\"TableStatus\":\"ACTIVE\"},\"Padding\":\"" + "x".repeat(200) + "\"}";

  private FixedAnswerServer() {}

  /** Runs it. */
  public static void main(String[] given) throws Exception {
    var clock = new SimClock(new ClockMode.Real());
    var journal = new Journal(clock);
    var ids = new Ids(1);
    var dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));
    var router = new Router(dispatcher, journal, ids, "111111111111", "us-east-1");
    router.add(
        new HttpEndpoint() {
          @Override
          public boolean claims(HttpRequest request) {
            return true;
          }

          @Override
          public HttpResponse answer(HttpRequest request) {
            return HttpResponse.json(200, ANSWER);
          }
        });
    var settings =
        new PortSettings(
            InetAddress.getLoopbackAddress(),
            Arguments.of(given).number(0, 4599),
            -1,
            -1,
            "us-east-1",
            Files.createTempDirectory("syncline-benchmark"));
    try (PortServer server = new PortServer(settings, router, clock, journal).start()) {
      System.out.println("listening on " + server.port());
      new CountDownLatch(1).await();
    }
  }
}
