// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.syncline.sim.service.models.ModelMember.Location;
import dev.syncline.sim.service.models.ModelShape.ErrorTrait;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServiceModelTest {
  static Set<String> everyService() {
    return ServiceModel.ids();
  }

  @ParameterizedTest
  @MethodSource("everyService")
  void everyReferenceLeadsToAShape(String id) {
    ServiceModel model = ServiceModel.of(id);
    assertThat(model.operations()).isNotEmpty();
    for (ModelShape shape : model.shapes().values()) {
      switch (shape) {
        case ModelShape.Structure structure -> {
          structure
              .members()
              .values()
              .forEach(member -> assertThat(model.shape(member)).isNotNull());
          structure.payload().ifPresent(name -> assertThat(structure.members()).containsKey(name));
        }
        case ModelShape.Sequence list -> assertThat(model.shape(list.member())).isNotNull();
        case ModelShape.Dictionary map -> {
          assertThat(model.shape(map.key())).isInstanceOf(ModelShape.Text.class);
          assertThat(model.shape(map.value())).isNotNull();
        }
        default -> assertThat(shape.name()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stepfunctions,stepfunctions",
    "sfn,stepfunctions",
    "states,stepfunctions",
    "eventbridge,events",
    "monitoring,cloudwatch",
    "cognitoidentityprovider,cognito-idp",
    "dynamodbstreams,dynamodbstreams"
  })
  void aServiceIsFoundByEachOfItsNames(String name, String id) {
    assertThat(ServiceModel.of(name).id()).isEqualTo(id);
    assertThat(ServiceModel.of(name)).isSameAs(ServiceModel.of(id));
  }

  @Test
  void aServiceWithoutAModelIsRefusedByName() {
    assertThat(ServiceModel.find("braket")).isEmpty();
    assertThat(ServiceModel.find("../models/sqs")).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServiceModel.of("braket"))
        .withMessageContainingAll("'braket'", "stepfunctions", "extract_models.py");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServiceModel.of("sqs").operation("SendMessages"))
        .withMessage("The model of sqs has no operation SendMessages");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServiceModel.of("sqs").shape("Nothing"))
        .withMessage("The model of sqs has no shape Nothing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> structure("sqs", "SendMessageRequest").member("Text"))
        .withMessage("SendMessageRequest has no member Text");
  }

  @Test
  void aJsonServiceTellsItsProtocol() {
    ServiceModel model = ServiceModel.of("dynamodbstreams");
    assertThat(model.serviceId()).isEqualTo("DynamoDB Streams");
    assertThat(model.apiVersion()).isEqualTo("2012-08-10");
    assertThat(model.protocol()).isEqualTo("json");
    assertThat(model.jsonVersion()).contains("1.0");
    assertThat(model.targetPrefix()).contains("DynamoDBStreams_20120810");
    assertThat(model.signingName()).isEqualTo("dynamodb");
    assertThat(model.endpointPrefix()).isEqualTo("streams.dynamodb");
    assertThat(ServiceModel.of("sqs").signingName()).isEqualTo("sqs");
    assertThat(ServiceModel.of("cloudwatch").protocols())
        .containsExactly("smithy-rpc-v2-cbor", "json", "query");
    assertThat(ServiceModel.of("sns").xmlNamespace())
        .contains("http://sns.amazonaws.com/doc/2010-03-31/");
  }

  @Test
  void anOperationHasItsHttpBindingAndShapes() {
    ServiceModel s3 = ServiceModel.of("s3");
    ModelOperation delete = s3.operation("DeleteObject");
    assertThat(delete.httpMethod()).isEqualTo("DELETE");
    assertThat(delete.requestUri()).isEqualTo("/{Bucket}/{Key+}");
    assertThat(delete.responseCode()).isEqualTo(204);
    assertThat(delete.signed()).isTrue();
    ModelShape.Structure input = delete.input().orElseThrow();
    assertThat(input.required()).containsExactly("Bucket", "Key");
    ModelMember version = input.member("VersionId");
    assertThat(version.location()).contains(Location.QUERY_STRING);
    assertThat(version.wireName()).isEqualTo("versionId");
    assertThat(input.member("MFA").location()).contains(Location.HEADER);

    ModelOperation put = s3.operation("PutObject");
    assertThat(put.input().orElseThrow().payload()).contains("Body");
    assertThat(put.input().orElseThrow().member("Body").streaming()).isTrue();
    assertThat(s3.operation("GetObject").errors())
        .extracting(ModelShape.Structure::name)
        .containsExactly("NoSuchKey", "InvalidObjectState");
    assertThat(s3.operation("HeadBucket").responseCode()).isEqualTo(200);
    assertThat(ServiceModel.of("iam").operation("GetUser").resultWrapper())
        .contains("GetUserResult");
    assertThat(ServiceModel.of("iam").operation("DeleteUser").output()).isEmpty();
    assertThat(ServiceModel.of("cognito-idp").operation("SignUp").signed()).isFalse();
    assertThat(ServiceModel.of("stepfunctions").operation("StartSyncExecution").hostPrefix())
        .contains("sync-");
  }

  @Test
  void anErrorHasItsCodeAndStatus() {
    assertThat(structure("sns", "NotFoundException").error())
        .contains(new ErrorTrait(Optional.of("NotFound"), Optional.of(404)));
    assertThat(structure("stepfunctions", "ExecutionDoesNotExist").exception()).isTrue();
    assertThat(structure("stepfunctions", "ExecutionDoesNotExist").error()).isEmpty();
    assertThat(structure("stepfunctions", "DescribeExecutionInput").exception()).isFalse();
  }

  @Test
  void aShapeHasItsConstraintsInTheOrderOfTheModel() {
    ServiceModel model = ServiceModel.of("stepfunctions");
    var token = (ModelShape.Text) model.shape("ClientToken");
    assertThat(token.pattern()).contains("[!-~]+");
    assertThat(token.limits().max()).contains(BigDecimal.valueOf(64));
    assertThat(token.sensitive()).isFalse();
    assertThat(model.shape("SensitiveData").sensitive()).isTrue();
    assertThat(((ModelShape.Text) model.shape("StateMachineType")).allowed())
        .containsExactly("STANDARD", "EXPRESS");
    assertThat(structure("stepfunctions", "CreateStateMachineInput").members().keySet())
        .startsWith("name", "definition", "roleArn", "type");
    var percentage = (ModelShape.Numeric) model.shape("ToleratedFailurePercentage");
    assertThat(percentage.type()).isEqualTo(ModelShape.NumericType.FLOAT);
    assertThat(percentage.limits().max()).contains(BigDecimal.valueOf(100));
    assertThat(((ModelShape.Dictionary) ServiceModel.of("sqs").shape("QueueAttributeMap")).key())
        .extracting(ModelMember::shape)
        .isEqualTo("QueueAttributeName");
  }

  @Test
  void aModelCannotBeChanged() {
    ServiceModel model = ServiceModel.of("sqs");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> model.operations().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> model.shapes().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> structure("sqs", "SendMessageRequest").members().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> structure("sqs", "SendMessageRequest").required().clear());
  }

  @Test
  void threadsThatAskAtTheSameTimeGetOneModel() throws Exception {
    int threads = 8;
    var start = new CyclicBarrier(threads);
    Callable<ServiceModel> ask =
        () -> {
          start.await();
          return ServiceModel.of("translate");
        };
    var answers = new ArrayList<Future<ServiceModel>>();
    try (var executor = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        answers.add(executor.submit(ask));
      }
      for (Future<ServiceModel> answer : answers) {
        assertThat(answer.get()).isSameAs(answers.getFirst().get());
      }
    }
  }

  private static ModelShape.Structure structure(String service, String name) {
    return (ModelShape.Structure) ServiceModel.of(service).shape(name);
  }
}
