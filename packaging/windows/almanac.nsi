; Almanac-VERSION-Setup.exe, made by build.py: for this person only, asks for no administrator.
; Silent: Setup.exe /S [/D=C:\folder]        Uninstall silently: Uninstall.exe /S
; Exit codes: 0 done, 1 cancelled, 4 Almanac is open and has to be closed, 5 no permission, 6 disk full, 7 an older Windows.
Target amd64-unicode ; 32-bit Windows cannot start what it could not use
Unicode true
SetCompressor /SOLID lzma
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh

Name "Almanac"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Almanac"
InstallDirRegKey HKCU "Software\Almanac" "InstallDir"
RequestExecutionLevel user
ManifestDPIAware true
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Almanac"
!define CLASSES "Software\Classes"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Almanac"
VIAddVersionKey FileDescription "Almanac Setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "Apache-2.0"
VIAddVersionKey CompanyName "The Almanac authors"

!define MUI_ICON "${TREE}/almanac.ico"
!define MUI_UNICON "${TREE}/almanac.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\Almanac.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "Spanish"
!include words.nsh

!macro Refuse CODE WORDS ; say why, and leave
  SetErrorLevel ${CODE}
  MessageBox MB_OK|MB_ICONEXCLAMATION "${WORDS}" /SD IDOK
  Quit
!macroend

Function .onInit
  ${IfNot} ${AtLeastBuild} 15063
  ${OrIfNot} ${RunningX64}
    !insertmacro Refuse 7 "$(TOO_OLD)"
  ${EndIf}
FunctionEnd

Function MayWrite ; before the first file is touched: half an installation helps nobody
  ClearErrors
  CreateDirectory "$INSTDIR"
  FileOpen $0 "$INSTDIR\almanac-may-write" w
  ${If} ${Errors}
    !insertmacro Refuse 5 "$(NO_FOLDER)"
  ${EndIf}
  FileClose $0
  Delete "$INSTDIR\almanac-may-write"
  ${DriveSpace} "$INSTDIR\" "/D=F /S=M" $0
  IfFileExists "$INSTDIR\Almanac.exe" enough ; the one that is there makes room
  ${If} $0 < ${NEEDED_MB}
    RMDir "$INSTDIR"
    !insertmacro Refuse 6 "$(NO_SPACE)"
  ${EndIf}
  enough:
FunctionEnd

!macro Remove ; what an installation put there, and nothing else
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\runtime"
  RMDir /r "$INSTDIR\licenses"
  Delete "$INSTDIR\Almanac.exe"
  Delete "$INSTDIR\almanac-cli.exe"
  Delete "$INSTDIR\almanac.ico"
  Delete "$INSTDIR\msvcp140*.dll"
  Delete "$INSTDIR\vcruntime140*.dll"
!macroend

!macro StillRunning un
Function ${un}IsFree ; into $2: 1 where no program that is installed here runs (a program that runs keeps its file open)
  StrCpy $2 1
  !insertmacro IsFree "$INSTDIR\Almanac.exe"
  !insertmacro IsFree "$INSTDIR\almanac-cli.exe"
FunctionEnd

Function ${un}StillRunning ; close the window, which asks about unsaved work, or say what to do
  Call ${un}IsFree
  IntCmp $2 1 free
  MessageBox MB_OKCANCEL|MB_ICONINFORMATION "$(IS_OPEN)" /SD IDOK IDOK close
  SetErrorLevel 1
  Quit
  close:
  ExecWait '"$INSTDIR\Almanac.exe" --close-window'
  StrCpy $3 0
  again:
  Call ${un}IsFree
  IntCmp $2 1 free
  IntOp $3 $3 + 1
  Sleep 500
  IntCmp $3 60 0 again ; half a minute for what ends after its window
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IN_TERMINAL)" /SD IDCANCEL IDRETRY close
  SetErrorLevel 4
  Quit
  free:
FunctionEnd
!macroend
!macro IsFree FILE
  ${If} ${FileExists} "${FILE}"
    ClearErrors
    FileOpen $0 "${FILE}" a
    ${If} ${Errors}
      StrCpy $2 0
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend
!insertmacro StillRunning ""
!insertmacro StillRunning "un."

Section
  Call MayWrite
  Call StillRunning
  !insertmacro Remove
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Almanac.lnk" "$INSTDIR\Almanac.exe"
  WriteRegStr HKCU "Software\Almanac" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Almanac"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\Almanac.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Almanac authors"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
  ; "Open with": offered next to the person's spreadsheet program, never instead of it
  WriteRegStr HKCU "${CLASSES}\Applications\Almanac.exe" "FriendlyAppName" "Almanac"
  WriteRegStr HKCU "${CLASSES}\Applications\Almanac.exe\shell\open\command" "" '"$INSTDIR\Almanac.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Almanac.Table" "" "Table for Almanac"
  WriteRegStr HKCU "${CLASSES}\Almanac.Table\DefaultIcon" "" "$INSTDIR\Almanac.exe,0"
  WriteRegStr HKCU "${CLASSES}\Almanac.Table\shell\open\command" "" '"$INSTDIR\Almanac.exe" "%1"'
  !macro OpenWith TYPE
    WriteRegStr HKCU "${CLASSES}\Applications\Almanac.exe\SupportedTypes" "${TYPE}" ""
    WriteRegStr HKCU "${CLASSES}\${TYPE}\OpenWithProgids" "Almanac.Table" ""
  !macroend
  !insertmacro OpenWith ".csv"
  !insertmacro OpenWith ".tsv"
  !insertmacro OpenWith ".xlsx"
  !insertmacro OpenWith ".xls"
  !insertmacro OpenWith ".xlsb"
  !insertmacro OpenWith ".ods"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  Call un.StillRunning
  !insertmacro Remove
  Delete "$SMPROGRAMS\Almanac.lnk"
  Delete "$INSTDIR\Uninstall.exe"
  ; The person's settings and history are their work: removed only when they say so, never silently.
  IfSilent keep
  IfFileExists "$LOCALAPPDATA\almanac\*.*" 0 keep
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(REMOVE_WORK)" IDNO keep
  RMDir /r "$LOCALAPPDATA\almanac"
  keep:
  RMDir "$INSTDIR" ; only when it is empty
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Almanac"
  DeleteRegKey HKCU "${CLASSES}\Applications\Almanac.exe"
  DeleteRegKey HKCU "${CLASSES}\Almanac.Table"
  !macro NoOpenWith TYPE
    DeleteRegValue HKCU "${CLASSES}\${TYPE}\OpenWithProgids" "Almanac.Table"
    DeleteRegKey /ifempty HKCU "${CLASSES}\${TYPE}\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "${CLASSES}\${TYPE}"
  !macroend
  !insertmacro NoOpenWith ".csv"
  !insertmacro NoOpenWith ".tsv"
  !insertmacro NoOpenWith ".xlsx"
  !insertmacro NoOpenWith ".xls"
  !insertmacro NoOpenWith ".xlsb"
  !insertmacro NoOpenWith ".ods"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  ; Windows deletes the copy of this program that runs now at its next start, but only for administrators: so do it once it has ended.
  ${If} "$EXEDIR" != "$INSTDIR"
    ExecShell "" "$SYSDIR\cmd.exe" '/d /c for /l %i in (1,1,20) do @(ping -n 2 127.0.0.1 >nul & rd /s /q "$EXEDIR" & if not exist "$EXEDIR" exit)' SW_HIDE
  ${EndIf}
SectionEnd
