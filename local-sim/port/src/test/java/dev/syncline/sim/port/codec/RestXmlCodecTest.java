// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RestXmlBinding;
import dev.syncline.sim.service.RestXmlBinding.Address;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import dev.syncline.sim.service.RestXmlBinding.Document;
import dev.syncline.sim.service.RestXmlBinding.Field;
import dev.syncline.sim.service.RestXmlErrors;
import dev.syncline.sim.service.state.ServiceState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codec over bindings that S3 does not have: it knows no operation. */
class RestXmlCodecTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Codec codec = Codec.of(new Library()).orElseThrow();

  @ParameterizedTest
  @CsvSource({
    "GET, /, ListShelves",
    "GET, /shelf, GetShelf",
    "GET, /shelf?audit, GetAudit",
    "PUT, /shelf/book, PutBook",
    "PUT, /shelf/a/b%20c, PutBook",
  })
  void methodAddressAndMarkerSelectTheOperation(String method, String target, String operation) {
    WireRequest request = request(method, target, "");

    assertThat(codec.decode(request).operation().name()).isEqualTo(operation);
    assertThat(codec.operation(request)).isEqualTo(operation);
  }

  @Test
  void aMarkerAmongTheHeadersSelectsTheOperation() {
    Call call = codec.decode(request("PUT", "/shelf/book", "", "X-Lend-To", "me"));

    assertThat(call.operation().name()).isEqualTo("LendBook");
    assertThat(call.input())
        .isEqualTo(Json.object().put("Bucket", "shelf").put("Key", "book").put("Reader", "me"));
  }

  @Test
  void membersComeFromPathQueryHeadersAndTheirPrefix() {
    Call call =
        codec.decode(
            request(
                "PUT",
                "/shelf/a/b%20c+d?page-size=3",
                "text",
                "X-Note-Colour",
                "red",
                "Lang",
                "en"));

    ObjectNode expected =
        Json.object()
            .put("Bucket", "shelf")
            .put("Key", "a/b c+d")
            .put("PageSize", "3")
            .put("Language", "en");
    expected.putObject("Notes").put("colour", "red");
    assertThat(call.input()).isEqualTo(expected);
    assertThat(call.body()).asString(StandardCharsets.UTF_8).isEqualTo("text");
  }

  @Test
  void theBucketMayBeInTheHost() {
    Call call =
        codec.decode(request("PUT", "/book", "", "Host", "shelf.s3.us-east-1.amazonaws.com:4566"));

    assertThat(call.input().path("Bucket").asText()).isEqualTo("shelf");
    assertThat(call.input().path("Key").asText()).isEqualTo("book");
  }

  @Test
  void aDocumentIsReadByItsFields() {
    Call call =
        codec.decode(
            request(
                "POST",
                "/shelf",
                "<Order><Item><Id>1</Id><Extra>x</Extra></Item><Item><Id>2</Id></Item>"
                    + "<Urgent>true</Urgent><Note>a&amp;b</Note></Order>"));

    ObjectNode order = Json.object();
    order.putArray("Items").add(Json.object().put("Id", "1")).add(Json.object().put("Id", "2"));
    order.put("Urgent", true).put("Note", "a&b");
    assertThat(call.input().path("Order")).isEqualTo(order);
  }

  @ParameterizedTest
  @CsvSource({
    "'', MalformedXML",
    "<Order>, MalformedXML",
    "<Other/>, MalformedXML",
    "<Order><Item/></Order>, MalformedXML",
    "<Order><Colour>red</Colour></Order>, NotImplemented",
  })
  void aDocumentThatDoesNotFitIsRefused(String body, String code) {
    assertThat(refusal(request("POST", "/shelf", body)).code()).isEqualTo(code);
  }

  @Test
  void membersOfNoBindingAreRefusedByName() {
    assertThat(refusal(request("GET", "/shelf?acl", "")).text()).contains("'acl'");
    assertThat(refusal(request("GET", "/shelf", "", "x-amz-odd", "1")).text())
        .contains("'x-amz-odd'");
    assertThat(refusal(request("GET", "/shelf", "", "x-amz-mode", "slow")).text())
        .contains("'x-amz-mode'", "'slow'");
    assertThat(codec.decode(request("GET", "/shelf", "", "x-amz-mode", "fast")).operation().name())
        .isEqualTo("GetShelf");
    assertThat(refusal(request("PATCH", "/shelf", "")).code()).isEqualTo("MethodNotAllowed");
    assertThat(refusal(request("GET", "/shelf?audit=2", "")).text()).isEqualTo("Invalid Audit");
  }

  @Test
  void anOutputIsADocumentAndHeaders() {
    ObjectNode output = Json.object().put("Token", "t").put("Name", "a<b");
    output.putArray("Books").add(Json.object().put("Id", 1)).add(Json.object().put("Id", 2));
    output.putArray("Readers").add("me");
    Call call = codec.decode(request("GET", "/shelf", ""));

    WireResponse answer = codec.encode(call, Output.of(output), "R1");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsExactly(
            Map.entry("x-token", "t"),
            Map.entry("Content-Type", "application/xml"),
            Map.entry("x-amz-request-id", "R1"),
            Map.entry("x-amz-id-2", "UjFSMVIx"));
    assertThat(answer.body())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Shelf xmlns=\"urn:library\">"
                + "<Name>a&lt;b</Name><Book><Id>1</Id></Book><Book><Id>2</Id></Book>"
                + "<Readers><Reader>me</Reader></Readers></Shelf>");
  }

  @Test
  void anErrorNamesTheResourceAndHasNoBodyForHead() {
    var error = new AwsException("NoSuchShelf", 404, "None.", Map.of("Shelf", "s"));

    WireResponse get = codec.error(error, request("GET", "/s", ""), "R1");
    WireResponse head = codec.error(error, request("HEAD", "/s", ""), "R1");

    assertThat(get.body())
        .asString(StandardCharsets.UTF_8)
        .endsWith(
            "<Error><Code>NoSuchShelf</Code><Message>None.</Message><Resource>/s</Resource>"
                + "<Shelf>s</Shelf><RequestId>R1</RequestId><HostId>UjFSMVIx</HostId></Error>");
    assertThat(head.status()).isEqualTo(404);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers()).contains(Map.entry("x-amz-request-id", "R1"));
  }

  @Test
  void anErrorMaySendMembersAsHeaders() {
    var error =
        new AwsException("Gone", 405, "Gone.", Map.of(RestXmlErrors.HEADER + "Allow", "DELETE"));

    WireResponse answer = codec.error(error, request("GET", "/s", ""), "R1");

    assertThat(answer.headers()).contains(Map.entry("Allow", "DELETE"));
    assertThat(answer.body()).asString(StandardCharsets.UTF_8).doesNotContain("Allow");
  }

  @Test
  void theOperationWithMostMarkersIsMeant() {
    assertThat(
            codec
                .decode(request("PUT", "/shelf/book?tags", "", "X-Lend-To", "me"))
                .operation()
                .name())
        .isEqualTo("PutTagsOfLent");
    assertThat(codec.decode(request("PUT", "/shelf/book?tags", "")).operation().name())
        .isEqualTo("PutTags");
  }

  @Test
  void anExpiredUrlIsRefusedForEveryOperation() {
    WireRequest expired = request("PATCH", "/?AWSAccessKeyId=a&Signature=s&Expires=1", "");

    AwsException refused =
        catchThrowableOfType(
            AwsException.class, () -> codec.authenticate(expired, NOW, id -> Optional.empty()));

    assertThat(refused.text()).isEqualTo("Request has expired");
  }

  private AwsException refusal(WireRequest request) {
    return catchThrowableOfType(AwsException.class, () -> codec.decode(request));
  }

  private static WireRequest request(String method, String target, String body, String... headers) {
    var all = new ArrayList<Map.Entry<String, String>>();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(Map.entry(headers[i], headers[i + 1]));
    }
    int mark = target.indexOf('?');
    var query = new ArrayList<Map.Entry<String, String>>();
    if (mark >= 0) {
      for (String pair : target.substring(mark + 1).split("&")) {
        String[] nameAndValue = pair.split("=", 2);
        query.add(Map.entry(nameAndValue[0], nameAndValue.length < 2 ? "" : nameAndValue[1]));
      }
    }
    return new WireRequest(
        method,
        mark < 0 ? target : target.substring(0, mark),
        query,
        all,
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** A service that speaks restXml with operations of its own. */
  private static final class Library implements AwsService {
    @Override
    public String signingName() {
      return "library";
    }

    @Override
    public String title() {
      return "Library";
    }

    @Override
    public Protocol protocol() {
      return new Protocol.RestXml(
          "urn:library",
          Map.of("Books", "Book", "Readers", "Reader"),
          Set.of("Readers"),
          new Protocol.HeaderRule(Set.of(), Set.of(), Map.of("x-amz-mode", Set.of("fast"))));
    }

    @Override
    public List<Operation> operations() {
      return List.of(
          operation("ListShelves", RestXmlBinding.of("GET", Address.SERVICE, Answer.bare(200))),
          operation(
              "GetShelf",
              RestXmlBinding.of(
                  "GET",
                  Address.BUCKET,
                  Answer.document("Shelf").with(Map.of("Token", "x-token")))),
          operation(
              "GetAudit",
              RestXmlBinding.of("GET", Address.BUCKET, Answer.bare(200)).marked("audit=")),
          operation(
              "Order",
              RestXmlBinding.of("POST", Address.BUCKET, Answer.bare(204))
                  .carrying(
                      new Document(
                          "Order",
                          "Order",
                          true,
                          true,
                          Map.of(
                              "Item", new Field.Item("Items", List.of("Id"), false),
                              "Urgent", new Field.Flag("Urgent"),
                              "Note", new Field.Text("Note"))))),
          operation(
              "PutBook",
              RestXmlBinding.of("PUT", Address.KEY, Answer.bare(200))
                  .query(Map.of("page-size", "PageSize"))
                  .headers(Map.of("lang", "Language"))
                  .prefixed(new RestXmlBinding.Prefix("x-note-", "Notes"))),
          operation(
              "PutTags", RestXmlBinding.of("PUT", Address.KEY, Answer.bare(200)).marked("tags")),
          operation(
              "PutTagsOfLent",
              RestXmlBinding.of("PUT", Address.KEY, Answer.bare(200)).marked("tags", "x-lend-to")),
          operation(
              "LendBook",
              RestXmlBinding.of("PUT", Address.KEY, Answer.bare(200))
                  .marked("x-lend-to")
                  .headers(Map.of("x-lend-to", "Reader"))));
    }

    private static Operation operation(String name, RestXmlBinding binding) {
      return Operation.xml(name, binding, (input, context) -> Output.empty());
    }

    @Override
    public ServiceState state() {
      return ServiceState.NONE;
    }
  }
}
