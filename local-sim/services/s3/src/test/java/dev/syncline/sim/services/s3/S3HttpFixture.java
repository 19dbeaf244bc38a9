// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.Settings;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;

/** S3 behind a router, without a port. */
abstract class S3HttpFixture {
  static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host,"
          + " Signature=0";
  static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  final SimClock clock = new SimClock(new ClockMode.Manual(), START, Duration.ZERO);
  final Journal journal = new Journal(clock);
  final Contracts contracts = new Contracts();

  /** Stand-ins for other rooms, to be added before the first router is made. */
  final List<AwsService> neighbours = new ArrayList<>();

  final Router s3 = router("us-east-1");

  @AfterEach
  void stop() {
    clock.close();
  }

  Router router(String region) {
    var ids = new Ids(1);
    var faults = new FaultPlan(journal, ids);
    var dispatcher = new Dispatcher(clock, faults);
    S3Service service = service(clock, ids, journal, faults, dispatcher, contracts, region);
    dispatcher.register(service);
    var router = new Router(dispatcher, journal, ids, "123456789012", region);
    service.endpoints().forEach(router::add);
    neighbours.forEach(dispatcher::register);
    return router;
  }

  /** The service with the parts that a test has. */
  static S3Service service(
      SimClock clock,
      Ids ids,
      Journal journal,
      FaultPlan faults,
      Dispatcher dispatcher,
      Contracts contracts,
      String region) {
    return new S3Service(
        new ServiceContext(
            clock,
            ids,
            journal,
            faults,
            dispatcher,
            contracts,
            Settings.NONE,
            "123456789012",
            region,
            Path.of(""),
            () -> URI.create("http://127.0.0.1:4566")));
  }

  HttpResponse send(String method, String target) throws Exception {
    return send(s3, method, target, "");
  }

  HttpResponse send(String method, String target, String body, String... headers) throws Exception {
    return send(s3, method, target, body, headers);
  }

  /** With the digest that some operations need. */
  HttpResponse sendSummed(String method, String target, String body) throws Exception {
    byte[] digest = Checksums.md5(body.getBytes(StandardCharsets.UTF_8));
    return send(method, target, body, "Content-MD5", Base64.getEncoder().encodeToString(digest));
  }

  static HttpResponse send(
      Router router, String method, String target, String body, String... headers)
      throws Exception {
    HttpRequest request = request(method, target, body, headers);
    return router.answer(
        new HttpRequest(
            method,
            request.rawPath(),
            request.rawQuery(),
            request.headers().with("Authorization", SIGNED).with("Host", "127.0.0.1:4566"),
            request.body(),
            "127.0.0.1",
            false));
  }

  static HttpRequest request(String method, String target, String body, String... headers) {
    int mark = target.indexOf('?');
    return new HttpRequest(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        Headers.of(headers),
        body.getBytes(StandardCharsets.UTF_8),
        "127.0.0.1",
        false);
  }

  static String text(HttpResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static String code(HttpResponse response) {
    return value(text(response), "Code");
  }

  static String value(String xml, String element) {
    Matcher matcher = Pattern.compile("<" + element + ">([^<]*)</").matcher(xml);
    assertThat(matcher.find()).as("<%s> in %s", element, xml).isTrue();
    return matcher.group(1);
  }
}
