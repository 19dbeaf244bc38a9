// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies and access control lists of buckets, and the block of public access. */
class BucketAccessTest extends S3HttpFixture {
  private static final String PUBLIC =
      "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Principal':'*',"
          + "'Action':'s3:GetObject','Resource':'arn:aws:s3:::b-1/*'}]}";

  @BeforeEach
  void bucket() throws Exception {
    send("PUT", "/b-1");
  }

  private HttpResponse policy(String singleQuoted) throws Exception {
    return send("PUT", "/b-1?policy", singleQuoted.replace('\'', '"'));
  }

  private void allowPublic() throws Exception {
    send("DELETE", "/b-1?publicAccessBlock");
  }

  @Test
  void aPolicyIsKeptToTheLetter() throws Exception {
    allowPublic();
    String text = PUBLIC.replace('\'', '"').replace(":[{", " : [ {");
    assertThat(send("PUT", "/b-1?policy", text).status()).isEqualTo(204);

    HttpResponse read = send("GET", "/b-1?policy");
    assertThat(text(read)).isEqualTo(text);
    assertThat(read.headers().first("content-type")).contains("application/json");
    assertThat(text(send("GET", "/b-1?policyStatus"))).contains("<IsPublic>true</IsPublic>");
    assertThat(send("DELETE", "/b-1?policy").status()).isEqualTo(204);
    assertThat(code(send("GET", "/b-1?policy"))).isEqualTo("NoSuchBucketPolicy");
  }

  @Test
  void aPublicPolicyIsBlockedUnlessTheBlockIsOff() throws Exception {
    HttpResponse blocked = policy(PUBLIC);
    assertThat(blocked.status()).isEqualTo(403);
    assertThat(text(blocked)).contains("AccessDenied", "BlockPublicPolicy");

    allowPublic();
    assertThat(policy(PUBLIC).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Condition':{'StringEquals':{'aws:PrincipalOrgID':'o-1'}}",
        "'Condition':{'IpAddress':{'aws:SourceIp':['10.0.0.0/8']}}",
        "'Condition':{'ArnLike':{'aws:SourceArn':'arn:aws:cloudfront::1:distribution/d'}}"
      })
  void aNarrowConditionMakesAStatementNotPublic(String condition) throws Exception {
    assertThat(policy(PUBLIC.replace("'Effect'", condition + ",'Effect'")).status()).isEqualTo(204);
    assertThat(text(send("GET", "/b-1?policyStatus"))).contains("<IsPublic>false</IsPublic>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[] | Policies must be valid JSON and the first byte must be '{'",
        "{ | This policy contains invalid Json",
        "{} | Missing required field Statement",
        "{'Version':'x','Statement':[]} | The policy must contain a valid version string",
        "{'Sentence':[]} | Unknown field Sentence",
        "{'Statement':{'Effect':'Allow'}} | Missing required field Principal",
        "{'Statement':{'Effect':'Maybe'}} | Invalid effect: Maybe",
        "{'Statement':{'Effect':'Deny','Principal':{'AWS':'me'},'Action':'*','Resource':'*'}}"
            + " | Invalid principal in policy",
        "{'Statement':{'Effect':'Deny','Principal':'*','Action':'ec2:X','Resource':'*'}}"
            + " | Policy has invalid action",
        "{'Statement':{'Effect':'Deny','Principal':'*','Action':'*','Resource':'arn:aws:s3:::b'}}"
            + " | Policy has invalid resource",
        "{'Statement':{'Effect':'Deny','Principal':'*','Action':'s3:GetObject',"
            + "'Resource':'arn:aws:s3:::b-1'}}"
            + " | Action does not apply to any resource(s) in statement",
        "{'Statement':{'Effect':'Deny','Principal':'*','Action':'s3:ListBucket',"
            + "'Resource':'arn:aws:s3:::b-1/k'}}"
            + " | Action does not apply to any resource(s) in statement"
      })
  void aMalformedPolicyIsRefusedWithTheReason(String policy, String reason) throws Exception {
    HttpResponse answer = policy(policy);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("MalformedPolicy");
    assertThat(value(text(answer), "Message")).isEqualTo(reason);
  }

  @Test
  void aPolicyHasAtMost20Kilobytes() throws Exception {
    String sid = "'Sid':'" + "x".repeat(20 * 1024) + "','Effect'";

    assertThat(text(policy(PUBLIC.replace("'Effect'", sid)))).contains("20480 bytes");
  }

  @Test
  void aBucketOfItsOwnerTakesNoAccessControlLists() throws Exception {
    HttpResponse refused = send("PUT", "/b-1?acl", "", "x-amz-acl", "private");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(code(refused)).isEqualTo("AccessControlListNotSupported");
    assertThat(code(send("PUT", "/b-1/k", "x", "x-amz-acl", "public-read")))
        .isEqualTo("AccessControlListNotSupported");
    assertThat(code(send("PUT", "/b-2", "", "x-amz-acl", "public-read")))
        .isEqualTo("InvalidBucketAclWithObjectOwnership");
  }

  private void allowLists() throws Exception {
    send(
        "PUT",
        "/b-1?ownershipControls",
        "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule>"
            + "</OwnershipControls>");
  }

  @Test
  void aPublicListNeedsThatPublicAccessIsNotBlocked() throws Exception {
    allowLists();
    assertThat(code(send("PUT", "/b-1?acl", "", "x-amz-acl", "public-read")))
        .isEqualTo("AccessDenied");
    allowPublic();
    assertThat(send("PUT", "/b-1?acl", "", "x-amz-acl", "public-read").status()).isEqualTo(200);
    String list = text(send("GET", "/b-1?acl"));
    assertThat(list)
        .contains("<URI>http://acs.amazonaws.com/groups/global/AllUsers</URI>", ">READ<")
        .contains("xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"Group\"");

    assertThat(
            code(
                send(
                    "PUT",
                    "/b-1?ownershipControls",
                    "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced"
                        + "</ObjectOwnership></Rule></OwnershipControls>")))
        .isEqualTo("InvalidBucketAclWithObjectOwnership");

    // What was read can be sent back.
    assertThat(send("PUT", "/b-1?acl", list).status()).isEqualTo(200);
    assertThat(text(send("GET", "/b-1?acl"))).isEqualTo(list);
  }

  @Test
  void grantsComeFromHeadersToo() throws Exception {
    allowLists();
    send(
        "PUT",
        "/b-1?acl",
        "",
        "x-amz-grant-write",
        "uri=\"http://acs.amazonaws.com/groups/s3/LogDelivery\"",
        "x-amz-grant-read",
        "id=\"1\", id=2");

    assertThat(text(send("GET", "/b-1?acl")))
        .contains("<ID>1</ID>", "<ID>2</ID>", "LogDelivery", ">WRITE<")
        .doesNotContain("FULL_CONTROL");
    assertThat(code(send("PUT", "/b-1?acl", "", "x-amz-grant-read", "me")))
        .isEqualTo("InvalidArgument");
    assertThat(text(send("PUT", "/b-1?acl", "", "x-amz-grant-read", "emailAddress=a@b.c")))
        .contains("NotImplemented", "e-mail");
    assertThat(code(send("PUT", "/b-1?acl", "", "x-amz-acl", "open"))).isEqualTo("InvalidArgument");
    assertThat(code(send("PUT", "/b-1?acl"))).isEqualTo("MalformedXML");
  }
}
