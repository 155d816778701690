namespace VolunteerHub.Web.Platform.Documents;

/// <summary>There is nothing in the file.</summary>
public sealed record TableFileEmpty : Refusal;

/// <summary>The file is larger than is taken in.</summary>
public sealed record TableFileTooLarge(int Megabytes) : Refusal;

/// <summary>Neither a workbook nor a text with columns.</summary>
public sealed record TableFileUnknown : Refusal;

/// <summary>A workbook of the format before 2007.</summary>
public sealed record TableFileIsOldWorkbook : Refusal;

/// <summary>A workbook with a password.</summary>
public sealed record TableFileIsLocked : Refusal;

/// <summary>A web page under the name of a workbook, as some official systems export.</summary>
public sealed record TableFileIsWebPage : Refusal;

/// <summary>The file is broken.</summary>
public sealed record TableFileDamaged : Refusal;

/// <summary>What is packed into the file is larger than is taken in.</summary>
public sealed record TableUnpacksTooLarge(int Megabytes) : Refusal;

/// <summary>The workbook is made of more parts than workbooks are.</summary>
public sealed record TableHasTooManyParts(int Parts) : Refusal;

/// <summary>A part is packed as only a trap is.</summary>
public sealed record TableIsPackedTooTightly(int Times) : Refusal;

/// <summary>A part declares a document type, or names things outside: workbooks never do.</summary>
public sealed record TableNamesOutsideThings : Refusal;

/// <summary>More rows than are taken in at once.</summary>
public sealed record TableHasTooManyRows(int Rows) : Refusal;
