// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.publisher.aws;

import org.jspecify.annotations.NullMarked;
