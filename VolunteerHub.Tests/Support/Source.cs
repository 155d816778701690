using System.Text.RegularExpressions;

namespace VolunteerHub.Tests.Support;

/// <summary>A file of the product, as it is written.</summary>
/// <param name="Path">Below the root of the repository.</param>
/// <param name="Text">All of it.</param>
public sealed partial record Source(string Path, string Text)
{
    public static string Root { get; } = FindRoot();

    /// <summary>Where a file stands in the repository.</summary>
    public static string At(params string[] path) => System.IO.Path.Combine([Root, .. path]);

    /// <summary>The files of a project that people write: not what is built, nor migrations.</summary>
    public static IReadOnlyList<Source> Of(string project, params string[] endings) =>
    [
        .. Directory.EnumerateFiles(At(project), "*", SearchOption.AllDirectories)
            .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
            .Select(f => System.IO.Path.GetRelativePath(Root, f))
            .Where(f => !f.Split('/', '\\').Any(part => part is "obj" or "bin" or "Migrations" or "data"))
            .Order(StringComparer.Ordinal)
            .Select(f => new Source(f.Replace('\\', '/'), File.ReadAllText(At(f)))),
    ];

    /// <summary>The text without comments; what stands in strings stays.</summary>
    public string Code => CommentsAndStrings().Replace(Text, m => m.Value.StartsWith('/') || m.Value.StartsWith("@*", StringComparison.Ordinal) ? "" : m.Value);

    public override string ToString() => Path;

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(System.IO.Path.Combine(directory.FullName, "VolunteerHub.sln"))) directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("The tests run outside of their repository.");
    }

    [GeneratedRegex("""@\*.*?\*@|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\])'|//[^\n]*|/\*.*?\*/""", RegexOptions.Singleline)]
    private static partial Regex CommentsAndStrings();
}
