namespace VolunteerHub.Web.Platform.Documents;

/// <summary>The kinds of table files that people have.</summary>
public enum TableFormat
{
    /// <summary>An Excel workbook.</summary>
    Xlsx,

    /// <summary>Comma-separated text, UTF-8 with a byte order mark so that spreadsheets read it right.</summary>
    Csv,
}

/// <summary>
/// Tables as files. What is written cannot start a formula; what is read was looked at for bombs before it is opened.
/// </summary>
public static class TableFile
{
    /// <summary>Writes a table: headers, then rows. Cells are texts, also where they look like numbers or dates.</summary>
    /// <param name="stream">Where to; stays open. It is written to synchronously: a file or memory, not an answer on the net.</param>
    /// <param name="format">As what.</param>
    /// <param name="headers">The first row.</param>
    /// <param name="rows">The others; null or empty leaves a cell out.</param>
    public static void Write(Stream stream, TableFormat format, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var writer = WriterOf(stream, format, headers);
        foreach (var row in rows) writer.Write(row);
    }

    /// <summary>As <see cref="Write"/>, for rows that arrive while they are written.</summary>
    public static async Task WriteAsync(
        Stream stream, TableFormat format, IReadOnlyList<string> headers, IAsyncEnumerable<IReadOnlyList<string?>> rows, CancellationToken ct = default)
    {
        using var writer = WriterOf(stream, format, headers);
        await foreach (var row in rows.WithCancellation(ct)) writer.Write(row);
    }

    public static string ContentTypeOf(TableFormat format) =>
        format == TableFormat.Xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8";

    /// <summary>With its dot.</summary>
    public static string ExtensionOf(TableFormat format) => format == TableFormat.Xlsx ? ".xlsx" : ".csv";

    /// <summary>Opens a table file, whatever its name says: the first bytes tell what it is. Nothing of it is in memory yet.</summary>
    /// <param name="path">A file of this machine; stays as it is while the table is used.</param>
    /// <param name="limits">What is taken in at most.</param>
    public static Outcome<Table> Open(string path, TableLimits? limits = null)
    {
        limits ??= TableLimits.Default;
        var length = new FileInfo(path).Length;
        if (length == 0) return new TableFileEmpty();
        if (length > limits.FileBytes) return new TableFileTooLarge(limits.FileBytes / TableLimits.Megabyte);
        try
        {
            return Signature(path) switch
            {
                [0x50, 0x4B, 0x03, 0x04, ..] => WorkbookTable.Open(path, limits),
                [0xD0, 0xCF, 0x11, 0xE0, ..] => OldOffice.Tell(path),
                _ => CsvTable.Open(path, limits),
            };
        }
        catch (TableRefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private static byte[] Signature(string path)
    {
        using var file = File.OpenRead(path);
        var first = new byte[8];
        var got = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        return first[..got];
    }

    private static TableWriter WriterOf(Stream stream, TableFormat format, IReadOnlyList<string> headers) =>
        format == TableFormat.Xlsx ? new WorkbookWriter(stream, headers) : new CsvTableWriter(stream, headers);
}

/// <summary>Writes a table row by row; disposing it ends the file.</summary>
internal abstract class TableWriter : IDisposable
{
    public abstract void Write(IReadOnlyList<string?> row);

    public void Dispose()
    {
        End();
        GC.SuppressFinalize(this);
    }

    protected abstract void End();
}
