// SPDX-License-Identifier: Apache-2.0
/**
 * Mapping templates of REST APIs: {@code $input}, {@code $util} and JSONPath, without a request.
 *
 * <p>JSON is read and shown as AWS does it, which is json-smart under Jayway JsonPath: an object in
 * a template is a map and shows itself as {@code {a=1}}, an array is a list and shows itself as
 * JSON.
 */
@NullMarked
package dev.syncline.sim.services.apigateway.mapping;

import org.jspecify.annotations.NullMarked;
