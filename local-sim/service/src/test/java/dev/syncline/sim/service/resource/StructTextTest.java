// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructTextTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DECLARATION =
      """
      Name: text, required, fixed
      Delay: integer, as Seconds
      Ratio: number
      On: boolean
      Policy: json
      Any: object
      Texts: list of text
      Limits: map of integer
      Items: list of structure
        Key: text, required
        Inner: structure
          Deep: text
      Last: text
      Labels: tags key value
      Tags: tag map
      """;

  private static ObjectNode json(String text) throws Exception {
    return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
  }

  @Test
  void everyTypeIsReadUnderTheNameOfTheOperation() throws Exception {
    ObjectNode given =
        json(
            "{'Name':1,'Delay':'2','Ratio':'0.5','On':'true','Policy':{'a':1},'Any':{'b':2},"
                + "'Texts':['x'],'Limits':{'m':'3'},'Items':[{'Key':'k','Inner':{'Deep':'d'}}],"
                + "'Last':'l','Labels':[{'Key':'k','Value':'v'}],'Tags':[{'Key':'k','Value':'v'}]}");
    assertThat(Struct.camel(DECLARATION).read(given, ""))
        .isEqualTo(
            json("{'name':'1','Seconds':2,'ratio':0.5,'on':true,'any':{'b':2},'texts':['x'],"
                    + "'limits':{'m':3},'items':[{'key':'k','inner':{'deep':'d'}}],'last':'l',"
                    + "'labels':[{'key':'k','value':'v'}],'tags':{'k':'v'}}")
                .put("policy", "{\"a\":1}"));
    assertThat(Struct.of("Name: text").read(json("{'Name':'n'}"), ""))
        .isEqualTo(json("{'Name':'n'}"));
  }

  @Test
  void requiredAndFixedMembersAreKnown() throws Exception {
    Struct struct = Struct.of(DECLARATION);
    assertThatThrownBy(() -> struct.read(json("{}"), ""))
        .isInstanceOf(ResourceException.class)
        .hasMessage("Property Name cannot be empty.");
    assertThatThrownBy(() -> struct.read(json("{'Name':'n','Items':[{}]}"), ""))
        .hasMessage("Property Items/0/Key cannot be empty.");
    assertThat(struct.fixedDifferences(json("{'Name':'a'}"), json("{'Name':'b','Last':'c'}")))
        .containsExactly("Name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Name",
        "Name: word",
        "Name: text, optional",
        "Name: list of word",
        "Name: tags Key",
        "Name: text\n  Key: text",
        "Name: structure",
      })
  void aWrongDeclarationIsRefused(String declaration) {
    assertThatThrownBy(() -> Struct.of(declaration)).isInstanceOf(IllegalArgumentException.class);
  }
}
