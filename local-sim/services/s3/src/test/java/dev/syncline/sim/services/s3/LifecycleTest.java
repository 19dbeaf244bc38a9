// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.state.Blobs;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lifecycle rules, on the simulator's clock, which starts at 2026-01-02T03:04:05Z. */
class LifecycleTest extends S3HttpFixture {
  /** For buckets without objects. */
  private static final Blobs NO_BLOBS =
      new Blobs() {
        @Override
        public String keep(Object of, Supplier<byte[]> content) {
          throw new AssertionError("no object to keep");
        }

        @Override
        public byte[] load(String id) {
          throw new AssertionError("no object to load");
        }

        @Override
        public Optional<byte[]> find(String id, String what) {
          throw new AssertionError("no object to find");
        }
      };

  @BeforeEach
  void bucket() throws Exception {
    send("PUT", "/b-1");
  }

  private HttpResponse rules(String... rules) throws Exception {
    var xml = new StringBuilder("<LifecycleConfiguration>");
    for (String rule : rules) {
      xml.append("<Rule><Status>Enabled</Status>").append(rule).append("</Rule>");
    }
    return send("PUT", "/b-1?lifecycle", xml.append("</LifecycleConfiguration>").toString());
  }

  private static String expire(String filter, int days) {
    return "<Filter>" + filter + "</Filter><Expiration><Days>" + days + "</Days></Expiration>";
  }

  private void until(String time) {
    clock.advance(Duration.between(clock.now(), Instant.parse(time)));
  }

  private int status(String key) throws Exception {
    return send("HEAD", "/b-1/" + key).status();
  }

  private void version() throws Exception {
    send(
        "PUT",
        "/b-1?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
  }

  @Test
  void anObjectExpiresAtTheMidnightAfterItsDays() throws Exception {
    send("PUT", "/b-1/old/k", "x");
    send("PUT", "/b-1/new/k", "x");
    rules("<ID>r 1</ID>" + expire("<Prefix>old/</Prefix>", 2));

    assertThat(send("HEAD", "/b-1/old/k").headers().first("x-amz-expiration"))
        .contains("expiry-date=\"Mon, 05 Jan 2026 00:00:00 GMT\", rule-id=\"r+1\"");
    assertThat(send("PUT", "/b-1/old/l", "x").headers().first("x-amz-expiration")).isPresent();
    assertThat(send("HEAD", "/b-1/new/k").headers().first("x-amz-expiration")).isEmpty();
    until("2026-01-04T23:59:59Z");
    assertThat(status("old/k")).isEqualTo(200);
    until("2026-01-05T00:00:00Z");
    assertThat(status("old/k")).isEqualTo(404);
    assertThat(status("new/k")).isEqualTo(200);
  }

  @Test
  void aRuleWithADateEndsEverythingFromThatDay() throws Exception {
    rules("<Filter/><Expiration><Date>2026-01-04T00:00:00Z</Date></Expiration>");
    until("2026-01-03T12:00:00Z");
    send("PUT", "/b-1/k", "x");
    until("2026-01-04T00:00:00Z");
    assertThat(status("k")).isEqualTo(404);
    send("PUT", "/b-1/k", "x");
    until("2026-01-05T00:00:00Z");
    assertThat(status("k")).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "<Tag><Key>a</Key><Value>1</Value></Tag>, a=1, a=2, x, x",
    "<ObjectSizeGreaterThan>2</ObjectSizeGreaterThan>, a=1, a=1, xxx, xx",
    "<ObjectSizeLessThan>2</ObjectSizeLessThan>, a=1, a=1, x, xx",
    "<And><Prefix>k</Prefix><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value>2"
        + "</Value></Tag></And>, b=2&a=1, a=1, x, x"
  })
  void aFilterChoosesByTagAndSize(
      String filter, String tags, String otherTags, String content, String otherContent)
      throws Exception {
    send("PUT", "/b-1/k1", content, "x-amz-tagging", tags);
    send("PUT", "/b-1/k2", otherContent, "x-amz-tagging", otherTags);
    rules(expire(filter, 1));
    until("2026-01-04T00:00:00Z");

    assertThat(status("k1")).isEqualTo(404);
    assertThat(status("k2")).isEqualTo(200);
  }

  @Test
  void aDisabledRuleAndARemovedOneDoNothing() throws Exception {
    send("PUT", "/b-1/k", "x");
    rules(expire("", 1));
    assertThat(clock.pendingTimers()).isEqualTo(1);
    send("DELETE", "/b-1?lifecycle");
    until("2026-01-05T00:00:00Z");
    assertThat(status("k")).isEqualTo(200);
    assertThat(clock.pendingTimers()).isZero();
    send(
        "PUT",
        "/b-1?lifecycle",
        "<LifecycleConfiguration><Rule><Status>Disabled</Status>"
            + expire("", 1)
            + "</Rule></LifecycleConfiguration>");
    assertThat(clock.pendingTimers()).isZero();
  }

  @Test
  void theCurrentVersionIsHiddenAndOthersAreRemoved() throws Exception {
    version();
    send("PUT", "/b-1/k", "1");
    send("PUT", "/b-1/k", "2");
    rules(
        expire("", 3),
        "<Filter/><NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
            + "</NoncurrentVersionExpiration>");

    until("2026-01-04T00:00:00Z");
    String noncurrentGone = text(send("GET", "/b-1?versions"));
    assertThat(noncurrentGone).containsOnlyOnce("<Version>").contains("<Size>1</Size>");
    until("2026-01-06T00:00:00Z");
    assertThat(status("k")).isEqualTo(404);
    assertThat(text(send("GET", "/b-1?versions")))
        .containsOnlyOnce("<DeleteMarker>")
        .containsOnlyOnce("<Version>");
    // The version is removed a day after it was hidden, and the marker that is left with it.
    until("2026-01-08T00:00:00Z");
    assertThat(text(send("GET", "/b-1?versions"))).doesNotContain("<DeleteMarker>", "<Version>");
  }

  @Test
  void someNoncurrentVersionsCanBeKept() throws Exception {
    version();
    for (int i = 0; i < 5; i++) {
      send("PUT", "/b-1/k", "x");
    }
    rules(
        "<Filter/><NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
            + "<NewerNoncurrentVersions>2</NewerNoncurrentVersions>"
            + "</NoncurrentVersionExpiration>");
    until("2026-01-04T00:00:00Z");

    assertThat(text(send("GET", "/b-1?versions")).split("<Version>", -1)).hasSize(1 + 3);
  }

  @Test
  void aDeleteMarkerWithoutVersionsIsRemoved() throws Exception {
    version();
    send("DELETE", "/b-1/k");
    send("PUT", "/b-1/l", "x");
    send("DELETE", "/b-1/l");
    rules(
        "<Filter/><Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker>"
            + "</Expiration>");
    until("2026-01-03T00:00:00Z");

    assertThat(text(send("GET", "/b-1?versions")))
        .contains("<Key>l</Key>")
        .doesNotContain("<Key>k</Key>");
  }

  private String storageClass(String target) throws Exception {
    return send("HEAD", "/b-1/" + target).headers().first("x-amz-storage-class").orElse("STANDARD");
  }

  @Test
  void objectsMoveToColderStorageClassesOnly() throws Exception {
    send("PUT", "/b-1/large", "x".repeat(128 * 1024));
    send("PUT", "/b-1/small", "x");
    send("PUT", "/b-1/cold", "x".repeat(128 * 1024), "x-amz-storage-class", "DEEP_ARCHIVE");
    rules(
        "<Filter/><Transition><Days>1</Days><StorageClass>STANDARD_IA</StorageClass></Transition>"
            + "<Transition><Days>3</Days><StorageClass>GLACIER</StorageClass></Transition>");
    until("2026-01-04T00:00:00Z");
    assertThat(storageClass("large")).isEqualTo("STANDARD_IA");
    until("2026-01-06T00:00:00Z");

    assertThat(storageClass("large")).isEqualTo("GLACIER");
    assertThat(code(send("GET", "/b-1/large"))).isEqualTo("InvalidObjectState");
    assertThat(storageClass("small")).isEqualTo("STANDARD");
    assertThat(storageClass("cold")).isEqualTo("DEEP_ARCHIVE");
  }

  @Test
  void formerVersionsMoveByTheirOwnRule() throws Exception {
    version();
    String first = send("PUT", "/b-1/k", "1").headers().first("x-amz-version-id").orElse("");
    send("PUT", "/b-1/k", "2");
    rules(
        "<Filter><ObjectSizeGreaterThan>0</ObjectSizeGreaterThan></Filter>"
            + "<NoncurrentVersionTransition><NoncurrentDays>1</NoncurrentDays><StorageClass>"
            + "GLACIER_IR</StorageClass></NoncurrentVersionTransition>");
    until("2026-01-04T00:00:00Z");

    assertThat(storageClass("k?versionId=" + first)).isEqualTo("GLACIER_IR");
    assertThat(storageClass("k")).isEqualTo("STANDARD");
  }

  @Test
  void anUploadThatIsNotCompletedIsAborted() throws Exception {
    send("POST", "/b-1/a/k?uploads");
    send("POST", "/b-1/b/k?uploads");
    rules(
        "<Filter><Prefix>a/</Prefix></Filter><AbortIncompleteMultipartUpload>"
            + "<DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload>");
    until("2026-01-03T00:00:00Z");
    assertThat(text(send("GET", "/b-1?uploads"))).contains("a/k", "b/k");
    until("2026-01-04T00:00:00Z");

    assertThat(text(send("GET", "/b-1?uploads"))).contains("b/k").doesNotContain("a/k");
  }

  @Test
  void rulesAreCarriedOutAfterARestart() throws Exception {
    var ids = new Ids(1);
    var faults = new FaultPlan(journal, ids);
    var dispatcher = new Dispatcher(clock, faults);
    S3Service before = service(clock, ids, journal, faults, dispatcher, contracts, "us-east-1");
    dispatcher.register(before);
    var router = new Router(dispatcher, journal, ids, "123456789012", "us-east-1");
    send(router, "PUT", "/b-2", "");
    send(
        router,
        "PUT",
        "/b-2?lifecycle",
        "<LifecycleConfiguration><Rule><Status>Enabled</Status>"
            + expire("", 1)
            + "</Rule></LifecycleConfiguration>");
    JsonNode saved = before.state().save(NO_BLOBS);

    var secondDispatcher = new Dispatcher(clock, faults);
    S3Service after =
        service(clock, ids, journal, faults, secondDispatcher, contracts, "us-east-1");
    secondDispatcher.register(after);
    after.state().restore(saved, NO_BLOBS);
    after.state().resume();
    var second = new Router(secondDispatcher, journal, ids, "123456789012", "us-east-1");
    send(second, "PUT", "/b-2/k", "x");
    until("2026-01-04T00:00:00Z");

    assertThat(send(second, "HEAD", "/b-2/k", "").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<Filter/> | InvalidRequest | At least one action",
        "<Expiration><Days>1</Days></Expiration> | MalformedXML | well-formed",
        "<Filter/><Prefix/><Expiration><Days>1</Days></Expiration> | MalformedXML | well-formed",
        "<Filter/><Expiration><Days>0</Days></Expiration> | InvalidArgument | positive integer",
        "<Filter/><Expiration><Date>2026-01-01T01:00:00Z</Date></Expiration> | InvalidArgument"
            + " | midnight",
        "<Filter/><Expiration><Date>soon</Date></Expiration> | MalformedXML | well-formed",
        "<Filter/><Expiration><Days>1</Days><Date>2026-01-01T00:00:00Z</Date></Expiration>"
            + " | MalformedXML | well-formed",
        "<Filter><Prefix>a</Prefix><ObjectSizeLessThan>1</ObjectSizeLessThan></Filter><Expiration>"
            + "<Days>1</Days></Expiration> | MalformedXML | well-formed",
        "<Filter><And><Prefix>a</Prefix></And></Filter><Expiration><Days>1</Days></Expiration>"
            + " | MalformedXML | well-formed",
        "<Filter><Tag><Key>a</Key><Value>b</Value></Tag></Filter><AbortIncompleteMultipartUpload>"
            + "<DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload>"
            + " | InvalidRequest | cannot be specified with Tags",
        "<Filter/><NoncurrentVersionExpiration><NoncurrentDays>0</NoncurrentDays>"
            + "</NoncurrentVersionExpiration> | InvalidArgument | positive integer",
        "<Filter/><Transition><Days>1</Days></Transition> | MalformedXML | well-formed",
        "<Filter/><Transition><Days>1</Days><StorageClass>COLD</StorageClass></Transition>"
            + " | MalformedXML | well-formed"
      })
  void badRulesAreRefused(String rule, String code, String words) throws Exception {
    HttpResponse answer = rules(rule);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo(code);
    assertThat(value(text(answer), "Message")).contains(words);
    assertThat(code(send("GET", "/b-1?lifecycle"))).isEqualTo("NoSuchLifecycleConfiguration");
  }

  @Test
  void idsAreUniqueAndOneIsGivenWhereThereIsNone() throws Exception {
    assertThat(text(rules("<ID>a</ID>" + expire("", 1), "<ID>a</ID>" + expire("", 2))))
        .contains("Rule ID must be unique");
    HttpResponse set = rules(expire("", 1));
    assertThat(set.headers().first("x-amz-transition-default-minimum-object-size"))
        .contains("all_storage_classes_128K");
    assertThat(value(text(send("GET", "/b-1?lifecycle")), "ID")).hasSize(48);
  }
}
