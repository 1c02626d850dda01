/** Names by which columns of training sets are known, most telling first; see {@link plainName} for how they compare. */
export const labelNames: readonly (readonly string[])[] = [
  ['label', 'target', 'y', 'class', 'islabel', 'groundtruth'],
  ['click', 'clicked', 'isclick', 'isclicked', 'clickflag', 'churn', 'churned', 'ischurn', 'converted', 'conversion'],
  ['isconversion', 'purchased', 'ispurchase', 'fraud', 'isfraud', 'outcome', 'response', 'survived', 'subscribed'],
];
export const timeNames: readonly string[] = [
  'timestamp',
  'eventtime',
  'eventtimestamp',
  'ts',
  'datetime',
  'time',
  't',
  'date',
  'eventdate',
  'createdat',
  'epoch',
  'unixtime',
];
export const userNames: readonly string[] = [
  'user',
  'userid',
  'uid',
  'useridhash',
  'customer',
  'customerid',
  'memberid',
  'visitorid',
  'accountid',
  'clientid',
  'personid',
  'patientid',
];
export const itemNames: readonly string[] = [
  'item',
  'itemid',
  'product',
  'productid',
  'sku',
  'ad',
  'adid',
  'creativeid',
  'movieid',
  'videoid',
  'articleid',
  'listingid',
];
export const positionNames: readonly string[] = ['position', 'pos', 'slot', 'displayposition'];
export const groupNames: readonly string[] = ['queryid', 'qid', 'searchid', 'sessionid', 'requestid', 'groupid'];
export const weightNames: readonly string[] = ['sampleweight', 'caseweight', 'instanceweight'];

/** Letters and digits of a name in lower case: `Customer_ID`, `customer id` and `customerID` are one. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** True for names of columns that number or identify rows. */
export function isKeyName(name: string): boolean {
  return /^(row|rowid|rownumber|rownum|index|idx|id|key|uuid|guid|unnamed0|column0)$|id$|uuid$|guid$/.test(
    plainName(name),
  );
}
