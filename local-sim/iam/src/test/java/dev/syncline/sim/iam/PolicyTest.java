// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of documents. */
class PolicyTest {
  private static Policy parse(String json) {
    return Policy.parse("test", json.replace('\'', '"'));
  }

  @Test
  void acceptsTheFormsOfADocument() {
    assertThat(parse("{'Statement':{'Effect':'Allow','Action':'*','Resource':'*'}}").statements())
        .hasSize(1);
    assertThat(
            parse(
                    "{'Version':'2008-10-17','Id':'x','Statement':[{'Sid':'','Effect':'Deny',"
                        + "'Principal':{'AWS':'*'},'NotAction':['a:b'],'NotResource':['*']}]}")
                .statements())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "{; This policy contains invalid Json",
        "{'Statement':[]} x; This policy contains invalid Json",
        "[]; Syntax errors in policy.",
        "{}; Syntax errors in policy.",
        "{'Statement':[]}; Syntax errors in policy.",
        "{'Statement':['x']}; Syntax errors in policy.",
        "{'Version':'2012-10-18','Statement':{}};"
            + " The policy must contain a valid version string.",
        "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*','Other':1}};"
            + " Syntax errors in policy.",
        "{'Statement':{'Action':'*','Resource':'*'}}; Missing required field Effect",
        "{'Statement':{'Effect':'allow','Action':'*','Resource':'*'}}; Invalid effect: allow",
        "{'Statement':{'Effect':'Allow','Resource':'*'}}; Policy statement must contain actions.",
        "{'Statement':{'Effect':'Allow','Action':[],'Resource':'*'}};"
            + " Policy statement must contain actions.",
        "{'Statement':{'Effect':'Allow','Action':'get','Resource':'*'}};"
            + " Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        "{'Statement':{'Effect':'Allow','Action':'*','Resource':{}}}; Syntax errors in policy.",
        "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*','Principal':'x'}};"
            + " Invalid principal in policy.",
        "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*','Principal':{'Aws':'1'}}};"
            + " Invalid principal in policy.",
        "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'Bool':1}}};"
            + " Syntax errors in policy.",
        "{'Statement':[{'Sid':'a','Effect':'Allow','Action':'*','Resource':'*'},"
            + "{'Sid':'a','Effect':'Allow','Action':'*','Resource':'*'}]};"
            + " Statement IDs (SID) in a single policy must be unique."
      })
  void refusesWhatIsNoPolicy(String json, String message) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessage(message);
  }

  @Test
  void aChangedDocumentIsReadOrRefused() {
    Random random = new Random(22);
    String good =
        "{'Version':'2012-10-17','Statement':[{'Sid':'a','Effect':'Allow','Principal':{'AWS':'1'},'Action':['s3:*'],'Resource':['${aws:username,"
            + " 'x'}'],'Condition':{'Bool':{'k':true},"
            + "'ForAnyValue:IpAddress':{'k':['10.0.0.0/8']},'DateEquals':{'k':'2026-01-01'}}}]}";
    int read = 0;
    for (int left = 20_000; left > 0; left--) {
      StringBuilder text = new StringBuilder(good);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(text.length());
        text.replace(
            at, at + random.nextInt(3), String.valueOf("{}[]:,'x*$9\\".charAt(random.nextInt(12))));
      }
      try {
        read += parse(text.toString()).statements().size();
      } catch (MalformedPolicyException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  void deepAndLongDocumentsEndSoon() {
    String variables = "${".repeat(60_000);

    assertThat(
            parse(
                    "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'a:b',"
                        + "'Resource':'"
                        + variables
                        + "'}}")
                .statements())
        .hasSize(1);
    assertThatThrownBy(() -> parse("[".repeat(100_000)))
        .isInstanceOf(MalformedPolicyException.class);
  }

  @Test
  void refusesADocumentWithoutABound() {
    assertThatThrownBy(() -> parse(" ".repeat(PolicyParser.MAX_DOCUMENT + 1)))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessageContaining("longer than");
  }
}
