// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.Settings;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.state.Blobs;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Versions outlive the process, and files of former releases are read. */
class S3StateTest extends S3HttpFixture {
  private final Memory blobs = new Memory();
  private final S3Service first = service();
  private final Router before = routerOf(first);

  /** Contents by their number. */
  private static final class Memory implements Blobs {
    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    @Override
    public String keep(Object of, Supplier<byte[]> content) {
      String id = "c" + contents.size();
      contents.put(id, content.get());
      return id;
    }

    @Override
    public byte[] load(String id) {
      return contents.getOrDefault(id, new byte[0]);
    }

    @Override
    public Optional<byte[]> find(String id, String what) {
      return Optional.of(load(id));
    }
  }

  private S3Service service() {
    var ids = new Ids(1);
    var faults = new FaultPlan(journal, ids);
    return new S3Service(
        new ServiceContext(
            clock,
            ids,
            journal,
            faults,
            new Dispatcher(clock, faults),
            new Contracts(),
            Settings.NONE,
            "123456789012",
            "us-east-1",
            Path.of(""),
            () -> URI.create("http://127.0.0.1:4566")));
  }

  private Router routerOf(S3Service service) {
    var ids = new Ids(2);
    var dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));
    dispatcher.register(service);
    return new Router(dispatcher, journal, ids, "123456789012", "us-east-1");
  }

  private Router restored(JsonNode saved) {
    S3Service second = service();
    second.state().restore(saved, blobs);
    return routerOf(second);
  }

  @Test
  void versionsMarkersTagsAndPartsComeBack() throws Exception {
    send(before, "PUT", "/my-bucket", "");
    send(
        before,
        "PUT",
        "/my-bucket?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    send(before, "PUT", "/my-bucket/k", "one", "x-amz-tagging", "b=2&a=1");
    send(before, "PUT", "/my-bucket/k", "two", "x-amz-server-side-encryption", "aws:kms");
    send(before, "DELETE", "/my-bucket/k", "");
    String at =
        "/my-bucket/p?uploadId="
            + value(text(send(before, "POST", "/my-bucket/p?uploads", "")), "UploadId");
    HttpResponse part = send(before, "PUT", at + "&partNumber=4", "part");
    send(
        before,
        "POST",
        at,
        "<CompleteMultipartUpload><Part><PartNumber>4</PartNumber><ETag>"
            + part.headers().first("ETag").orElseThrow().replace("\"", "")
            + "</ETag></Part></CompleteMultipartUpload>");
    String listed = text(send(before, "GET", "/my-bucket?versions", ""));

    Router after = restored(first.state().save(blobs));

    assertThat(text(send(after, "GET", "/my-bucket?versions", ""))).isEqualTo(listed);
    assertThat(text(send(after, "GET", "/my-bucket?versioning", ""))).contains("Enabled");
    String version = listed.split("<Key>k</Key><VersionId>", -1)[2].substring(0, 32);
    HttpResponse one = send(after, "GET", "/my-bucket/k?versionId=" + version, "");
    assertThat(text(one)).isEqualTo("one");
    assertThat(one.headers().first("x-amz-tagging-count")).contains("2");
    assertThat(text(send(after, "GET", "/my-bucket/k?tagging&versionId=" + version, "")))
        .contains("<TagSet><Tag><Key>b</Key><Value>2</Value></Tag><Tag><Key>a</Key>");
    assertThat(send(after, "HEAD", "/my-bucket/k", "").headers().first("x-amz-delete-marker"))
        .contains("true");
    assertThat(
            send(after, "HEAD", "/my-bucket/p?partNumber=1", "")
                .headers()
                .first("x-amz-mp-parts-count"))
        .contains("1");
  }

  /** As releases without versions saved it. */
  @Test
  void anOlderFileIsRead() throws Exception {
    blobs.contents.put("old", "hello".getBytes(StandardCharsets.UTF_8));
    JsonNode saved =
        Json.MAPPER.readTree(
            """
            [{"name": "old-bucket", "created": "2026-01-01T00:00:00Z", "objects": [
              {"key": "k", "content": "old", "etag": "5d41402abc4b2a76b9719d911017c592",
               "lastModified": "2026-01-01T00:00:00Z", "headers": {"content-type": "text/plain"},
               "checksums": {"x-amz-checksum-crc32": "NhCmhg=="}}]}]\
            """);

    Router after = restored(saved);

    HttpResponse got = send(after, "GET", "/old-bucket/k", "", "x-amz-checksum-mode", "ENABLED");
    assertThat(text(got)).isEqualTo("hello");
    assertThat(got.headers().first("x-amz-server-side-encryption")).contains("AES256");
    assertThat(got.headers().first("x-amz-checksum-type")).contains("FULL_OBJECT");
    assertThat(got.headers().first("x-amz-version-id")).isEmpty();
    assertThat(text(send(after, "GET", "/old-bucket?versions", "")))
        .contains("<VersionId>null</VersionId>");
  }
}
