// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents in the names of S3's model, both ways. */
class ShapedXmlTest {
  private static JsonNode read(String shape, String xml) {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    return ShapedXml.read(shape, XmlBody.parse(bytes, "R"));
  }

  private static String written(String shape, JsonNode value) {
    Xml xml = new Xml(true).open("R");
    ShapedXml.write(xml, shape, value);
    String all = xml.close("R").toString();
    return all.substring(all.indexOf("<R>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Tagging | <R><TagSet><Tag><Key>a</Key><Value>1 &amp; 2</Value></Tag></TagSet></R>",
        "CORSConfiguration | <R><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT"
            + "</AllowedMethod><AllowedOrigin>*</AllowedOrigin><MaxAgeSeconds>5</MaxAgeSeconds>"
            + "</CORSRule></R>",
        "BucketLifecycleConfiguration | <R><Rule><Filter><And><Prefix>p</Prefix><Tag><Key>k</Key>"
            + "<Value>v</Value></Tag></And></Filter><Status>Enabled</Status></Rule></R>",
        "PublicAccessBlockConfiguration | <R><BlockPublicAcls>true</BlockPublicAcls></R>",
        "AccessControlPolicy | <R><Owner><ID>1</ID></Owner><AccessControlList><Grant><Grantee"
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"Group\">"
            + "<URI>u</URI></Grantee><Permission>READ</Permission></Grant></AccessControlList></R>"
      })
  void aDocumentIsWrittenAsItWasRead(String shape, String xml) {
    assertThat(written(shape, read(shape, xml))).isEqualTo(xml);
  }

  @Test
  void numbersAndFlagsHaveTheirTypes() {
    JsonNode rule =
        read(
                "BucketLifecycleConfiguration",
                "<R><Rule><Expiration><Days>5</Days><ExpiredObjectDeleteMarker>false"
                    + "</ExpiredObjectDeleteMarker></Expiration></Rule></R>")
            .at("/Rules/0/Expiration");

    assertThat(rule.path("Days").isIntegralNumber()).isTrue();
    assertThat(rule.path("ExpiredObjectDeleteMarker").isBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<R><Colour/></R>",
        "<R><Rule><ID>a</ID><ID>b</ID></Rule></R>",
        "<R><Rule><Expiration><Days>soon</Days></Expiration></Rule></R>",
        "<R><Rule><Expiration><ExpiredObjectDeleteMarker>maybe</ExpiredObjectDeleteMarker>"
            + "</Expiration></Rule></R>",
        "<!DOCTYPE R [<!ENTITY e 'x'>]><R><Rule><ID>&e;</ID></Rule></R>"
      })
  void whatTheShapeDoesNotHaveIsMalformed(String xml) {
    assertThatThrownBy(() -> read("BucketLifecycleConfiguration", xml))
        .isInstanceOfSatisfying(
            AwsException.class, error -> assertThat(error.code()).isEqualTo("MalformedXML"));
  }

  @Test
  void membersOfHeadersAreNotInTheDocument() {
    JsonNode output =
        Json.object().put("TransitionDefaultMinimumObjectSize", "x").set("Rules", Json.array());

    assertThat(written("GetBucketLifecycleConfigurationOutput", output)).isEqualTo("<R></R>");
  }
}
