import type { ClickHouseSettings } from '@clickhouse/client';
import type { ServerOptions } from './server-options.js';

/** Settings of every query: what makes ClickHouse answer as SQL and the embedded engine do, and the limits. */
export function settings({ memoryBytes, threads, seconds }: ServerOptions): ClickHouseSettings {
  return {
    ...meaning,
    ...form,
    ...room,
    ...(memoryBytes === undefined
      ? {}
      : {
          max_memory_usage: String(memoryBytes),
          max_bytes_before_external_group_by: String(Math.floor(memoryBytes / 4)),
          max_bytes_before_external_sort: String(Math.floor(memoryBytes / 4)),
        }),
    ...(threads === undefined ? {} : { max_threads: threads }),
    ...(seconds === undefined ? {} : { max_execution_time: seconds }),
  };
}

/** Nulls where there is nothing and where one is put, floats to the last bit, names before aliases, one time zone, and helper tables sent to every shard. */
const meaning: ClickHouseSettings = {
  join_use_nulls: 1,
  group_by_use_nulls: 1,
  aggregate_functions_null_for_empty: 1,
  prefer_column_name_to_alias: 1,
  insert_null_as_default: 0,
  precise_float_parsing: 1,
  session_timezone: 'UTC',
  distributed_product_mode: 'global',
  prefer_global_in_and_join: 1,
};

/** How results come: whole or not at all, every bit of them. */
const form: ClickHouseSettings = {
  wait_end_of_query: 1,
  output_format_arrow_compression_method: 'none',
  output_format_arrow_string_as_string: 1,
  output_format_parquet_compression_method: 'zstd',
  output_format_parquet_string_as_string: 1,
};

/** Queries over thousands of columns are long. */
const room: ClickHouseSettings = {
  max_query_size: '268435456',
  max_ast_elements: '10000000',
  max_expanded_ast_elements: '10000000',
  max_parser_depth: '20000',
  max_ast_depth: '20000',
};
