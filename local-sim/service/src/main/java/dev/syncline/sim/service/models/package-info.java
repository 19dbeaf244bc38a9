// SPDX-License-Identifier: Apache-2.0
/**
 * AWS's published service models: operations, shapes and constraints, and a check of JSON values
 * against them. The data comes from botocore; {@code tools/models/extract_models.py} writes it.
 */
@NullMarked
package dev.syncline.sim.service.models;

import org.jspecify.annotations.NullMarked;
