// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.appsync.datasource.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlainSourcesTest extends SourceFixture {
  @Test
  void aSourceWithoutTypeReturnsThePayload() {
    source("none", DataSource.Type.NONE, "{}");
    assertThat(value("none", "{'version':'2018-05-29','payload':{'a':[1]}}"))
        .isEqualTo(json("{'a':[1]}"));
    assertThat(value("none", "{}").isNull()).isTrue();
  }

  @Test
  void anUnknownSourceIsNamed() {
    assertThat(failure("absent", "{}"))
        .isEqualTo("NotFoundException: No data source found named absent");
  }

  @ParameterizedTest
  @EnumSource(
      value = DataSource.Type.class,
      names = {
        "RELATIONAL_DATABASE",
        "AMAZON_OPENSEARCH_SERVICE",
        "AMAZON_ELASTICSEARCH",
        "AMAZON_BEDROCK_RUNTIME"
      })
  void aTypeThatTheSimulatorCannotCallIsNamed(DataSource.Type type) {
    source("s", type, "{}");
    assertThat(failure("s", "{'operation':'GET'}"))
        .isEqualTo("NotImplemented: The simulator does not support data sources of type " + type);
  }
}
