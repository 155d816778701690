using System.IO.Compression;
using System.Xml;

namespace VolunteerHub.Web.Platform.Documents;

/// <summary>Looks a workbook over before it is opened: how much is packed into it, how tightly, and what its parts ask for.</summary>
internal static class WorkbookGuard
{
    /// <summary>Small parts say nothing about how tightly they are packed.</summary>
    private const int WorthWatching = 256 * 1024;

    /// <summary>How parts of workbooks are read: nothing outside is fetched, nothing declared is expanded.</summary>
    public static XmlReaderSettings Xml { get; } = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = 64 * TableLimits.Megabyte,
    };

    /// <returns>Why the workbook is not opened; null where nothing speaks against it.</returns>
    public static Refusal? Look(string path, TableLimits limits)
    {
        using var archive = new ZipArchive(File.OpenRead(path), ZipArchiveMode.Read);
        if (archive.Entries.Count > limits.Parts) return new TableHasTooManyParts(limits.Parts);
        var left = (long)limits.UnpackedBytes;
        foreach (var entry in archive.Entries)
        {
            if (entry.IsEncrypted) return new TableFileIsLocked();
            // What the directory of the archive says of sizes is the sender's word: what counts comes out of the unpacking.
            var unpacked = Unpack(entry, Math.Min(left, TightLimit(entry, limits)));
            if (unpacked > left) return new TableUnpacksTooLarge(limits.UnpackedBytes / TableLimits.Megabyte);
            if (unpacked > TightLimit(entry, limits)) return new TableIsPackedTooTightly(limits.PackedTimes);
            left -= unpacked;
            if (IsXml(entry) && AsksForMore(entry)) return new TableNamesOutsideThings();
        }

        return archive.GetEntry("[Content_Types].xml") is null ? new TableFileUnknown() : null;
    }

    private static long TightLimit(ZipArchiveEntry entry, TableLimits limits) => Math.Max(WorthWatching, entry.CompressedLength * limits.PackedTimes);

    /// <summary>How much comes out, counted up to a little more than the limit.</summary>
    private static long Unpack(ZipArchiveEntry entry, long limit)
    {
        using var part = entry.Open();
        var buffer = new byte[64 * 1024];
        var total = 0L;
        while (total <= limit && part.Read(buffer) is > 0 and var count) total += count;
        return total;
    }

    private static bool IsXml(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    /// <summary>A document type can only stand before the first element.</summary>
    private static bool AsksForMore(ZipArchiveEntry entry)
    {
        using var part = entry.Open();
        using var xml = XmlReader.Create(part, new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null, MaxCharactersFromEntities = 1 });
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.DocumentType) return true;
            if (xml.NodeType == XmlNodeType.Element) return false;
        }

        return false;
    }
}
