// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {
  @ParameterizedTest
  @CsvSource({
    "0,1",
    "-0,1",
    "1,2",
    "12,2",
    "123,3",
    "1234,3",
    "12345,4",
    "1234567891,6",
    "123456789123,7",
    "1234567890123456789,11",
    "12345678901234567890123456789012345678,20",
    "0042,2",
    "100,2",
    "1010,3",
    "0.0000001,2",
    "1E125,2",
    "1E-100,2",
    "1.5,3",
    "1.200,3",
    "1.234,4",
    "3.14159,5",
    "100.5,4",
    "0.15,2",
    "15,2",
    "-42,3",
    "-12345,5",
    "-1E125,3",
    "-0.15,3"
  })
  void aNumberCountsItsDigitsOnEachSideOfThePoint(String number, long size) {
    assertThat(Sizes.of(new AttributeValue.N(DynamoNumber.parse(number)))).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'S':''}|0",
        "{'S':'abc'}|3",
        "{'S':'\u00e9'}|2",
        "{'S':'\u20ac'}|3",
        "{'S':'\ud83d\ude00'}|4",
        "{'B':''}|0",
        "{'B':'AAEC'}|3",
        "{'BOOL':true}|1",
        "{'BOOL':false}|1",
        "{'NULL':true}|1",
        "{'L':[]}|3",
        "{'M':{}}|3",
        "{'L':[{'S':'ab'}]}|6",
        "{'L':[{'N':'1'},{'NULL':true}]}|8",
        "{'M':{'key':{'S':'ab'}}}|9",
        "{'M':{'a':{'L':[]},'b':{'M':{}}}}|13",
        "{'SS':['a','bcd']}|4",
        "{'NS':['1','100','-42']}|7",
        "{'BS':['AAEC','']}|3"
      })
  void aValueCountsAsTheGuideSays(String json, long size) throws Exception {
    AttributeValue value = ValueReader.read(new ObjectMapper().readTree(json.replace('\'', '"')));
    assertThat(Sizes.of(value)).isEqualTo(size);
    assertThat(Sizes.ofAttribute("n\u00e4me", value)).isEqualTo(size + 5);
  }

  @Test
  void anItemCountsItsAttributes() throws Exception {
    Item item =
        ValueReader.readItem(
            new ObjectMapper()
                .readTree("{\"id\":{\"S\":\"Fred\"},\"n\":{\"N\":\"7\"},\"l\":{\"L\":[]}}"));
    assertThat(Sizes.of(item)).isEqualTo(6 + 3 + 4);
    assertThat(Sizes.of(Item.EMPTY)).isZero();
  }
}
