using System.Text;

namespace VolunteerHub.Web.Platform.Documents;

/// <summary>Files of the container that Office used before 2007, and uses to this day around a workbook with a password.</summary>
internal static class OldOffice
{
    private static readonly byte[] Encrypted = Encoding.Unicode.GetBytes("EncryptedPackage");

    /// <summary>Which of the two it is; neither can be read.</summary>
    public static Refusal Tell(string path) =>
        File.ReadAllBytes(path).AsSpan().IndexOf(Encrypted) >= 0 ? new TableFileIsLocked() : new TableFileIsOldWorkbook();
}
